import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads a module's test reports, prints each skipped test with its reason and, with CI=true, fails
 * when one of them is not listed in the file of allowed skips.
 *
 * <p>Usage: CheckSkips ALLOWED-FILE TARGET-DIR
 */
final class CheckSkips {
    public static void main(String[] args) throws Exception {
        Map<String, String> allowed = readAllowed(Path.of(args[0]));
        boolean ci = "true".equals(System.getenv("CI"));
        List<String> refused = new ArrayList<>();
        for (String reports : List.of("surefire-reports", "failsafe-reports")) {
            Path dir = Path.of(args[1], reports);
            if (!Files.isDirectory(dir)) continue;
            try (var files = Files.newDirectoryStream(dir, "TEST-*.xml")) {
                for (Path file : files) checkReport(file, allowed, refused);
            }
        }
        if (ci && !refused.isEmpty()) {
            System.out.println("CI=true and these tests were skipped without being listed in .ci/allowed-skips:");
            refused.forEach(test -> System.out.println("  " + test));
            System.exit(1);
        }
    }

    private static Map<String, String> readAllowed(Path file) throws IOException {
        Map<String, String> allowed = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            int equals = line.indexOf('=');
            if (equals < 0 || line.substring(equals + 1).isBlank()) {
                throw new IOException(file + ": no reason given in the line: " + line);
            }
            allowed.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
        return allowed;
    }

    private static void checkReport(Path file, Map<String, String> allowed, List<String> refused) throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        NodeList cases = document.getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element testCase = (Element) cases.item(i);
            NodeList skipped = testCase.getElementsByTagName("skipped");
            if (skipped.getLength() == 0) continue;
            String reason = reason((Element) skipped.item(0));
            String type = testCase.getAttribute("classname");
            String test = type + "." + testCase.getAttribute("name").replaceFirst("[({\\[].*", "");
            System.out.println("SKIPPED " + test + ": " + reason);
            if (!allowed.containsKey(test) && !allowed.containsKey(type)) refused.add(test + ": " + reason);
        }
    }

    /** The message, which for a failed assumption stands in the first line of the stack trace. */
    private static String reason(Element skipped) {
        String message = skipped.getAttribute("message");
        if (message.isBlank()) {
            message = skipped.getTextContent().strip().lines().findFirst().orElse("");
        }
        String reason = message.replaceFirst("^[\\w.]+Exception: ", "").replaceFirst("^Assumption failed: ", "");
        return reason.isBlank() ? "no reason given" : reason;
    }
}
