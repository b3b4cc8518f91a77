import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.web3j.codegen.SolidityFunctionWrapperGenerator;

/**
 * Makes the Java wrappers of the contracts from abi/NAME.json and abi/NAME.bin, or with --check says
 * which of the committed ones are not what these make.
 *
 * <p>Usage: Wrappers ABI-DIR SOURCE-DIR WORK-DIR [--check]
 */
final class Wrappers {

    private static final String PACKAGE = "org.flowshield.contracts.generated";

    private static final String SILENT =
            "@SuppressWarnings({\"rawtypes\", \"unchecked\", \"cast\", \"deprecation\", \"this-escape\"})";

    public static void main(String[] args) throws Exception {
        Path abi = Path.of(args[0]);
        Path committed = Path.of(args[1], PACKAGE.split("[.]"));
        Path work = Path.of(args[2]);
        boolean check = args.length > 3 && args[3].equals("--check");
        Files.createDirectories(work);
        Files.createDirectories(committed);
        List<String> differ = new ArrayList<>();
        for (String name : names(abi)) {
            String made = generate(abi, name, work);
            Path file = committed.resolve(name + ".java");
            if (Files.exists(file) && Files.readString(file).equals(made)) continue;
            differ.add(name);
            if (!check) Files.writeString(file, made);
        }
        System.out.println(differ.isEmpty() ? "wrappers: all are as they must be"
                : "wrappers: " + (check ? "not what the ABI makes: " : "made: ") + String.join(", ", differ));
        if (check && !differ.isEmpty()) {
            System.err.println("wrappers: run `./dev contracts regenerate` and look at what changed");
            System.exit(1);
        }
    }

    private static List<String> names(Path abi) throws IOException {
        try (Stream<Path> files = Files.list(abi)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .map(file -> file.substring(0, file.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    private static String generate(Path abi, String name, Path work) throws IOException {
        Path code = work.resolve(name + ".bin");
        Files.writeString(code, Files.readString(abi.resolve(name + ".bin")).strip());
        SolidityFunctionWrapperGenerator.main(new String[] {
            "-a", abi.resolve(name + ".json").toString(),
            "-b", code.toString(),
            "-o", work.toString(),
            "-p", PACKAGE,
        });
        String made = Files.readString(work.resolve(Path.of("", PACKAGE.split("[.]"))).resolve(name + ".java"));
        // The compiler's opinions on generated code are nobody's to act upon.
        return made.replace("@SuppressWarnings(\"rawtypes\")", SILENT);
    }
}
