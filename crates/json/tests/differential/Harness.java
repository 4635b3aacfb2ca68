import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;
import net.minidev.json.parser.JSONParser;

/**
 * Answers what Jayway's JsonPath and json-smart make of texts.
 *
 * <p>Reads questions from standard input: a kind, then two texts, each as a length (four bytes, big-endian) and that many bytes
 * of UTF-8. Kind 'p': a document and a path. Kind 'j': a text to read permissively, printed as JSON. Kind 's': the same, printed by
 * {@code toString}. Answers each with a kind ('v' a value, 'n' nothing, 'i' an invalid path), and a text.
 */
public final class Harness {
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        try {
            while (true) {
                answer(out, in.readByte(), text(in), text(in));
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (EOFException over) {
            out.flush();
        }
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void answer(DataOutputStream out, int kind, String first, String second) throws IOException {
        char outcome = 'v';
        String text;
        try {
            text = kind == 'p' ? found(first, second) : read(kind, first);
        } catch (Invalid invalid) {
            outcome = 'i';
            text = String.valueOf(invalid.getCause());
        } catch (Throwable nothing) {
            outcome = 'n';
            text = String.valueOf(nothing);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(outcome);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String found(String document, String text) throws Exception {
        JsonPath path;
        try {
            path = JsonPath.compile(text);
        } catch (Throwable invalid) {
            throw new Invalid(invalid);
        }
        Object model = new JSONParser(JSONParser.MODE_PERMISSIVE).parse(document, ordered());
        return json(path.read(model, Configuration.defaultConfiguration()));
    }

    /** As Jayway reads documents: objects become maps that keep the order of their keys. */
    private static net.minidev.json.writer.JsonReaderI<?> ordered() {
        return JSONValue.defaultReader.DEFAULT_ORDERED;
    }

    private static String read(int kind, String text) throws Exception {
        Object model = new JSONParser(JSONParser.MODE_PERMISSIVE).parse(text, ordered());
        return kind == 'j' ? json(model) : String.valueOf(model);
    }

    private static String json(Object value) {
        if (value instanceof Collection && !(value instanceof List)) {
            value = List.copyOf((Collection<?>) value);
        }
        return JSONValue.toJSONString(value, JSONStyle.LT_COMPRESS);
    }

    private static final class Invalid extends Exception {
        Invalid(Throwable cause) {
            super(cause);
        }
    }
}
