import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars for jpackage: {@code java Input.java FOLDER linux|windows|macos x86_64|aarch64 SECONDS JAR...}. Native libraries of
 * other systems are left out; those of this one go to FOLDER/native, so that nothing is unpacked to a folder that others can write
 * to when the program runs. What is in the jars is stored as it is: the package as a whole compresses better, and classes load
 * sooner; but for signatures, which are left out. The same input gives the same bytes: times are SECONDS since 1970.
 */
final class Input {

    /** Where the libraries that we use keep their natives. */
    private static final Pattern NATIVE =
            Pattern.compile(
                    "(META-INF/native/|com/sun/jna/|org/sqlite/native/).*\\.(so|dll|jnilib|dylib|a)");

    /**
     * What makes a jar a signed one. Checking it takes a tenth of a second at each start, its classes never come into a cache of
     * start-up, and nobody asks who signed: what is installed is covered by the package's own checksums.
     */
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    /**
     * By which the signed one, BouncyCastle's, is found as a provider: half a second for whoever asks Java for an algorithm that
     * it has not. Only its plain classes are used.
     */
    private static final String PROVIDERS = "META-INF/services/java.security.Provider";

    private Input() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Pattern ours = ofThisSystem(arguments[1], arguments[2]);
        FileTime time = FileTime.fromMillis(1000 * Long.parseLong(arguments[3]));
        Files.createDirectories(folder.resolve("native"));
        TreeSet<String> natives = new TreeSet<>();
        for (String jar : List.of(arguments).subList(4, arguments.length)) {
            copy(Path.of(jar), folder, ours, time, natives);
        }
        System.out.println("natives: " + String.join(" ", natives));
        List<String> missing = new ArrayList<>(List.of("jnidispatch", "sqlitejdbc", "netty_tcnative"));
        if (arguments[1].equals("linux")) {
            missing.add("netty_transport_native_epoll"); // sockets are marked through it
        }
        missing.removeIf(name -> natives.stream().anyMatch(found -> found.contains(name)));
        if (!missing.isEmpty()) {
            throw new IOException("no native library for this system in the jars: " + missing);
        }
    }

    /** How JNA, Netty and SQLite name a system. */
    private static Pattern ofThisSystem(String system, String machine) {
        boolean arm = machine.equals("aarch64");
        String jna = arm ? "aarch64" : "x86-64";
        return switch (system) {
            case "linux" ->
                    Pattern.compile(
                            "com/sun/jna/linux-%s/.*|META-INF/native/.*(linux|epoll)_%s.*\\.so|org/sqlite/native/Linux/%s/.*"
                                    .formatted(jna, arm ? "aarch_64" : "x86_64", machine));
            case "windows" ->
                    Pattern.compile(
                            "com/sun/jna/win32-%s/.*|META-INF/native/.*windows_%s.*\\.dll|org/sqlite/native/Windows/%s/.*"
                                    .formatted(jna, arm ? "aarch_64" : "x86_64", machine));
            case "macos" ->
                    Pattern.compile(
                            "com/sun/jna/darwin-%s/.*|META-INF/native/.*(osx|kqueue)_%s.*\\.jnilib|org/sqlite/native/Mac/%s/.*"
                                    .formatted(jna, arm ? "aarch_64" : "x86_64", machine));
            default -> throw new IllegalArgumentException("no such system: " + system);
        };
    }

    private static void copy(
            Path jar, Path folder, Pattern ours, FileTime time, TreeSet<String> natives)
            throws IOException {
        Path copy = folder.resolve(jar.getFileName());
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(copy);
                ZipOutputStream out = new ZipOutputStream(file)) {
            boolean signed = in.stream().anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches());
            for (ZipEntry entry : in.stream().sorted(Comparator.comparing(Input::rank)).toList()) {
                String name = entry.getName();
                if (!signed) {
                    split(in, entry, out, folder, ours, time, natives);
                } else if (name.equals("META-INF/MANIFEST.MF")) {
                    write(out, name, time, withoutDigests(in, entry));
                } else if (!SIGNATURE.matcher(name).matches() && !name.equals(PROVIDERS)) {
                    split(in, entry, out, folder, ours, time, natives);
                }
            }
        }
        Files.setLastModifiedTime(copy, time);
    }

    /** The manifest's first section; the others are the signature's. */
    private static byte[] withoutDigests(ZipFile in, ZipEntry entry) throws IOException {
        try (InputStream bytes = in.getInputStream(entry)) {
            Manifest manifest = new Manifest(bytes);
            manifest.getEntries().clear();
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            manifest.write(written);
            return written.toByteArray();
        }
    }

    private static void write(ZipOutputStream out, String name, FileTime time, byte[] content)
            throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(time);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    /** The manifest is read only if it comes first. */
    private static String rank(ZipEntry entry) {
        String name = entry.getName();
        return (name.equals("META-INF/") ? "0" : name.equals("META-INF/MANIFEST.MF") ? "1" : "2") + name;
    }

    private static void split(
            ZipFile in,
            ZipEntry entry,
            ZipOutputStream out,
            Path folder,
            Pattern ours,
            FileTime time,
            TreeSet<String> natives)
            throws IOException {
        String name = entry.getName();
        if (!NATIVE.matcher(name).matches()) {
            ZipEntry kept = new ZipEntry(name);
            kept.setLastModifiedTime(time);
            kept.setMethod(ZipEntry.STORED);
            kept.setSize(entry.getSize());
            kept.setCrc(entry.getCrc());
            out.putNextEntry(kept);
            try (InputStream bytes = in.getInputStream(entry)) {
                bytes.transferTo(out);
            }
            out.closeEntry();
        } else if (ours.matcher(name).matches()) {
            Path library = folder.resolve("native").resolve(name.substring(name.lastIndexOf('/') + 1));
            try (InputStream bytes = in.getInputStream(entry)) {
                Files.copy(bytes, library);
            }
            Files.setLastModifiedTime(library, time);
            natives.add(library.getFileName().toString());
        }
    }
}
