package org.flowshield.node.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Prints failures: two lines for people on standard error and, with {@code --json}, also {@code
 * {"error":{"code","message","action"}}} on standard output.
 */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private static final String JSON_OPTION = "--json";

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        boolean json = parsed.expandedArgs().contains(JSON_OPTION);
        if (failure instanceof CommandFailedException known) {
            print(command, json, known.code(), known.getMessage(), known.action());
            return known.status().code();
        }
        print(
                command,
                json,
                "internal",
                "an unexpected failure: " + failure,
                "the lines below say where; please report them");
        failure.printStackTrace(command.getErr());
        command.getErr().flush();
        return ExitStatus.FAILED.code();
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        print(
                command,
                Arrays.asList(arguments).contains(JSON_OPTION),
                "usage",
                String.valueOf(failure.getMessage()),
                "see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE.code();
    }

    private static void print(
            CommandLine command, boolean json, String code, String message, String action) {
        if (json) {
            Map<String, String> error = new LinkedHashMap<>();
            error.put("code", code);
            error.put("message", message);
            error.put("action", action);
            PrintWriter out = command.getOut();
            out.println(Output.encode(Map.of("error", error)));
            out.flush();
        }
        PrintWriter err = command.getErr();
        err.println("flowshield: " + message);
        err.println("  -> " + action);
        err.flush();
    }
}
