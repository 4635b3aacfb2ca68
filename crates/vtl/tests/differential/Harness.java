import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.exception.ParseErrorException;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.log.NullLogChute;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/**
 * Renders templates with Apache Velocity.
 *
 * <p>{@code Harness render CONTEXT.json}: reads templates from standard input, each as a length (four bytes, big-endian) and
 * that many bytes of UTF-8; answers each with a kind ('o' output, 'p' parse error, 'r' render error), a length and the output
 * or the error's text. Every template gets an engine and a context of its own, so nothing leaks from one to the next.
 *
 * <p>{@code Harness bench CONTEXT.json TEMPLATE ROUNDS RENDERS}: prints the CPU nanoseconds of one render, one line a
 * round, then the length of the output.
 */
public final class Harness {
    public static void main(String[] arguments) throws Exception {
        String context = Files.readString(Path.of(arguments[1]));
        if (arguments[0].equals("bench")) {
            bench(context, Files.readString(Path.of(arguments[2])), Integer.parseInt(arguments[3]),
                    Integer.parseInt(arguments[4]));
        } else {
            answer(context, new DataInputStream(new BufferedInputStream(System.in)),
                    new DataOutputStream(new BufferedOutputStream(System.out)));
        }
    }

    private static void answer(String context, DataInputStream in, DataOutputStream out) throws IOException {
        try {
            while (true) {
                byte[] template = new byte[in.readInt()];
                in.readFully(template);
                Outcome outcome = render(context, new String(template, StandardCharsets.UTF_8));
                byte[] text = outcome.text.getBytes(StandardCharsets.UTF_8);
                out.writeByte(outcome.kind);
                out.writeInt(text.length);
                out.write(text);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (EOFException end) {
            out.flush();
        }
    }

    private record Outcome(char kind, String text) {}

    private static Outcome render(String context, String template) {
        try {
            RuntimeInstance engine = engine();
            SimpleNode tree;
            try {
                tree = engine.parse(template, "case");
            } catch (ParseException | ParseErrorException | Error error) {
                return new Outcome('p', String.valueOf(error.getMessage()));
            }
            StringWriter out = new StringWriter();
            try {
                engine.render(context(context), out, "case", tree);
            } catch (ParseErrorException error) {
                return new Outcome('p', String.valueOf(error.getMessage()));
            }
            return new Outcome('o', out.toString());
        } catch (Exception | StackOverflowError error) {
            return new Outcome('r', error.getClass().getSimpleName() + ": " + error.getMessage());
        }
    }

    private static RuntimeInstance engine() throws Exception {
        RuntimeInstance engine = new RuntimeInstance();
        engine.setProperty(RuntimeConstants.RUNTIME_LOG_LOGSYSTEM_CLASS, NullLogChute.class.getName());
        engine.setProperty(RuntimeConstants.PARSER_POOL_SIZE, 1);
        engine.setProperty(RuntimeConstants.UBERSPECT_CLASSNAME,
                "org.apache.velocity.util.introspection.SecureUberspector");
        engine.setProperty("directive.foreach.maxloops", 1000);
        engine.init();
        return engine;
    }

    private static VelocityContext context(String json) {
        Object data = new Json(json).value();
        VelocityContext context = new VelocityContext();
        ((Map<?, ?>) data).forEach((name, value) -> context.put((String) name, value));
        return context;
    }

    private static void bench(String data, String template, int rounds, int renders) throws Exception {
        RuntimeInstance engine = engine();
        SimpleNode tree = engine.parse(template, "bench");
        tree.init(new org.apache.velocity.context.InternalContextAdapterImpl(context(data)), engine);
        VelocityContext base = context(data);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int length = 0;
        // Warmed: the compilers have seen the whole of it several times over.
        for (int round = -5; round < rounds; round++) {
            long begin = threads.getCurrentThreadCpuTime();
            for (int index = 0; index < renders; index++) {
                StringWriter out = new StringWriter(4096);
                tree.render(new org.apache.velocity.context.InternalContextAdapterImpl(new VelocityContext(base)), out);
                length = out.toString().length();
            }
            long took = threads.getCurrentThreadCpuTime() - begin;
            if (round >= 0) {
                System.out.println(took / renders);
            }
        }
        System.out.println(length);
    }

    /** A reader of well-formed JSON that makes the classes a Java program would: Integer, Long, BigInteger, Double… */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            char first = peek();
            switch (first) {
                case '{': return object();
                case '[': return array();
                case '"': return string();
                default: return word();
            }
        }

        private char peek() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        private Map<String, Object> object() {
            Map<String, Object> map = new LinkedHashMap<>();
            at++;
            while (peek() != '}') {
                String key = string();
                peek();
                at++;
                map.put(key, value());
                if (peek() == ',') {
                    at++;
                    peek();
                }
            }
            at++;
            return map;
        }

        private List<Object> array() {
            List<Object> list = new ArrayList<>();
            at++;
            while (peek() != ']') {
                list.add(value());
                if (peek() == ',') {
                    at++;
                }
            }
            at++;
            return list;
        }

        private String string() {
            StringBuilder out = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) != '\\') {
                    out.append(text.charAt(at));
                    continue;
                }
                char escaped = text.charAt(++at);
                if (escaped == 'u') {
                    out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    int index = "bfnrt".indexOf(escaped);
                    out.append(index < 0 ? escaped : "\b\f\n\r\t".charAt(index));
                }
            }
            at++;
            return out.toString();
        }

        private Object word() {
            int begin = at;
            while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(begin, at);
            switch (word) {
                case "null": return null;
                case "true": return true;
                case "false": return false;
                default: return number(word);
            }
        }

        private static Object number(String word) {
            if (word.matches(".*[.eE].*")) {
                return Double.valueOf(word);
            }
            BigInteger number = new BigInteger(word);
            if (number.bitLength() < 32) {
                return number.intValue();
            }
            return number.bitLength() < 64 ? (Object) number.longValue() : number;
        }
    }
}
