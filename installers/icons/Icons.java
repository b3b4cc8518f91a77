import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import javax.imageio.ImageIO;

/**
 * Draws the icon of FlowShield: {@code java installers/icons/Icons.java installers/icons}. What it writes is committed; run it
 * again after changing the drawing. The same drawing becomes an SVG, PNGs, a Windows icon and a macOS icon.
 */
final class Icons {

    /** The shield, on a square of 512. */
    private static final String SHIELD =
            "M 256 20 C 210 58 132 92 60 104 L 60 246 C 60 370 140 456 256 494"
                    + " C 372 456 452 370 452 246 L 452 104 C 380 92 302 58 256 20 Z";

    /** Its lit half: what the light falls on from the left. */
    private static final String LIGHT =
            "M 256 20 C 210 58 132 92 60 104 L 60 246 C 60 370 140 456 256 494 Z";

    private static final String UPPER = "M 136 222 C 176 182 216 182 256 222 C 296 262 336 262 376 222";
    private static final String LOWER = "M 136 312 C 176 272 216 272 256 312 C 296 352 336 352 376 312";

    /** At a few pixels two waves would run into each other. */
    private static final String SINGLE = "M 130 266 C 172 214 214 214 256 266 C 298 318 340 318 382 266";

    private static final int TOP = 0x2FB39C;
    private static final int BOTTOM = 0x135E6B;

    /** The freedesktop icon theme's sizes; 1024 is macOS's largest. */
    private static final List<Integer> SIZES = List.of(16, 22, 24, 32, 48, 64, 128, 256, 512, 1024);

    private static final List<Integer> WINDOWS = List.of(16, 24, 32, 48, 64, 128, 256);

    /** Apple's types for PNG content. */
    private static final Map<String, Integer> APPLE = new LinkedHashMap<>();

    static {
        APPLE.put("icp4", 16);
        APPLE.put("icp5", 32);
        APPLE.put("icp6", 64);
        APPLE.put("ic07", 128);
        APPLE.put("ic08", 256);
        APPLE.put("ic09", 512);
        APPLE.put("ic10", 1024);
        APPLE.put("ic11", 32);
        APPLE.put("ic12", 64);
        APPLE.put("ic13", 256);
        APPLE.put("ic14", 512);
    }

    private Icons() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path folder = Path.of(arguments[0]);
        Map<Integer, byte[]> pngs = new LinkedHashMap<>();
        for (int size : SIZES) {
            pngs.put(size, png(size));
        }
        Files.writeString(folder.resolve("flowshield.svg"), svg());
        for (int size : SIZES) {
            if (size <= 512) {
                Files.write(folder.resolve("flowshield-" + size + ".png"), pngs.get(size));
            }
        }
        Files.write(folder.resolve("flowshield.ico"), ico(pngs));
        Files.write(folder.resolve("flowshield.icns"), icns(pngs));
    }

    private static String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">
                  <defs>
                    <linearGradient id="water" gradientUnits="userSpaceOnUse" x1="140" y1="20" x2="340" y2="494">
                      <stop offset="0" stop-color="#%06x"/>
                      <stop offset="1" stop-color="#%06x"/>
                    </linearGradient>
                  </defs>
                  <path d="%s" fill="url(#water)"/>
                  <path d="%s" fill="#fff" fill-opacity=".1"/>
                  <g fill="none" stroke="#fff" stroke-width="36" stroke-linecap="round">
                    <path d="%s"/>
                    <path d="%s" stroke-opacity=".8"/>
                  </g>
                </svg>
                """
                .formatted(TOP, BOTTOM, SHIELD, LIGHT, UPPER, LOWER);
    }

    private static byte[] png(int size) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.transform(AffineTransform.getScaleInstance(size / 512.0, size / 512.0));
        canvas.setPaint(new GradientPaint(140, 20, new Color(TOP), 340, 494, new Color(BOTTOM)));
        canvas.fill(path(SHIELD));
        canvas.setPaint(new Color(255, 255, 255, 26));
        canvas.fill(path(LIGHT));
        if (size < 32) {
            canvas.setPaint(Color.WHITE);
            canvas.setStroke(round(56));
            canvas.draw(path(SINGLE));
        } else {
            canvas.setStroke(round(36));
            canvas.setPaint(Color.WHITE);
            canvas.draw(path(UPPER));
            canvas.setPaint(new Color(255, 255, 255, 204));
            canvas.draw(path(LOWER));
        }
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static BasicStroke round(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    /** M, L, C and Z of SVG, absolute. */
    private static Path2D path(String words) {
        Path2D path = new Path2D.Double();
        try (Scanner scanner = new Scanner(words)) {
            while (scanner.hasNext()) {
                switch (scanner.next()) {
                    case "M" -> path.moveTo(scanner.nextInt(), scanner.nextInt());
                    case "L" -> path.lineTo(scanner.nextInt(), scanner.nextInt());
                    case "C" ->
                            path.curveTo(
                                    scanner.nextInt(),
                                    scanner.nextInt(),
                                    scanner.nextInt(),
                                    scanner.nextInt(),
                                    scanner.nextInt(),
                                    scanner.nextInt());
                    case "Z" -> path.closePath();
                    case String other -> throw new IllegalArgumentException(other);
                }
            }
        }
        return path;
    }

    /** ICONDIR, one ICONDIRENTRY for each size, then the PNGs. */
    private static byte[] ico(Map<Integer, byte[]> pngs) {
        int offset = 6 + 16 * WINDOWS.size();
        int length = offset + WINDOWS.stream().mapToInt(size -> pngs.get(size).length).sum();
        ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort((short) 0).putShort((short) 1).putShort((short) WINDOWS.size());
        for (int size : WINDOWS) {
            byte[] png = pngs.get(size);
            file.put((byte) size).put((byte) size); // 256 is written as 0
            file.put((byte) 0).put((byte) 0).putShort((short) 1).putShort((short) 32);
            file.putInt(png.length).putInt(offset);
            offset += png.length;
        }
        WINDOWS.forEach(size -> file.put(pngs.get(size)));
        return file.array();
    }

    /** A length over all, then type, length and PNG of each. */
    private static byte[] icns(Map<Integer, byte[]> pngs) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        for (Map.Entry<String, Integer> entry : APPLE.entrySet()) {
            byte[] png = pngs.get(entry.getValue());
            out.writeBytes(entry.getKey());
            out.writeInt(8 + png.length);
            out.write(png);
        }
        ByteBuffer file = ByteBuffer.allocate(8 + body.size());
        file.put("icns".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(8 + body.size());
        file.put(body.toByteArray());
        return file.array();
    }
}
