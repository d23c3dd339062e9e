import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Runs the tests of a Maven project without and with the agent and compares what became of each. See README.md. */
final class Transparency {

    /** Rules are there and stand for every target; none concerns an application that has no such table. */
    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            allowUnproven: [derby, hsqldb, sqlserver, oracle, db2%s]
            %s
            mask:
              - {name: contact, columns: ["sallyport_people.email"], with: redact}
            guard:
              - {name: no-drop, when: {kind: [drop], tables: {write: [sallyport_people]}}, then: deny}
            """;

    /** What the names of parameterized tests hold that is another one in each run: ports, identity hashes, hidden classes. */
    private static final Pattern OF_ONE_RUN =
            Pattern.compile(":\\d{4,5}\\b|@[0-9a-f]{4,8}\\b|\\$\\$Lambda[$/\\w.]*");

    private final Path project;
    private final List<String> mavenArguments;

    private Transparency(Path project, List<String> mavenArguments) {
        this.project = project;
        this.mavenArguments = mavenArguments;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: run DIR [Maven arguments]");
            System.exit(2);
        }
        Path agent = Path.of(arguments[0]).toRealPath();
        System.exit(new Transparency(Path.of(arguments[1]).toRealPath(), List.of(arguments).subList(2, arguments.length))
                .compare(agent));
    }

    private int compare(Path agent) throws Exception {
        Path scratch = Files.createTempDirectory("sallyport-transparency");
        Path policy = Files.writeString(scratch.resolve("policy.yaml"), POLICY.formatted(moreDrivers(), sideDoors()));
        Path spool = scratch.resolve("spool");
        Map<String, String> plain = run(null);
        Map<String, String> governed = run("-javaagent:" + agent + "=policy=" + policy + ",spool=" + spool);
        if (plain.isEmpty()) {
            System.err.println("no test ran");
            return 2;
        }
        if (!Files.exists(spool)) {
            System.err.println("the agent was not in the JVM of the tests");
            return 2;
        }
        int differences = 0;
        TreeSet<String> names = new TreeSet<>(plain.keySet());
        names.addAll(governed.keySet());
        for (String name : names) {
            String without = plain.getOrDefault(name, "not run");
            String with = governed.getOrDefault(name, "not run");
            if (!without.equals(with)) {
                differences++;
                System.out.println(name + "\n    without the agent: " + without + "\n    with the agent:    " + with);
            }
        }
        long passed = plain.values().stream().filter("passed"::equals).count();
        System.out.println(plain.size() + " tests without the agent (" + passed + " passed), " + governed.size()
                + " with it: " + differences + " differences");
        return differences == 0 ? 0 : 1;
    }

    /** JDBC sub-protocols of a project's own test drivers, which enforce mode refuses as unproven. */
    private static String moreDrivers() {
        String names = System.getenv("UNPROVEN");
        return names == null || names.isBlank() ? "" : ", " + names;
    }

    /** Side doors that the project's tests use and a policy has to list; a list of none is no policy. */
    private static String sideDoors() {
        String names = System.getenv("CONNECT");
        return names == null || names.isBlank()
                ? ""
                : "connect: {allow: [\"" + String.join("\", \"", names.strip().split("\\s*,\\s*")) + "\"]}";
    }

    /** @return what became of each test, by class and name */
    private Map<String, String> run(String toolOptions) throws Exception {
        for (Path report : reports()) {
            Files.delete(report);
        }
        List<String> command = new ArrayList<>(List.of(
                System.getenv().getOrDefault("MVN", "mvn"), "-B", "-ntp", "-q", "-fae", "-Dmaven.test.failure.ignore=true"));
        command.addAll(mavenArguments);
        if (mavenArguments.stream().allMatch(a -> a.startsWith("-"))) {
            command.add("test");
        }
        ProcessBuilder maven = new ProcessBuilder(command).directory(project.toFile()).inheritIO();
        maven.redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null")));
        maven.environment().keySet().removeIf(name -> name.startsWith("SALLYPORT_") || name.equals("JAVA_TOOL_OPTIONS"));
        if (toolOptions != null) {
            // Reaches the forked JVMs whatever the project does with argLine; it is announced on standard error, which surefire does not read.
            maven.environment().put("JAVA_TOOL_OPTIONS", toolOptions);
        }
        maven.start().waitFor();
        Map<String, String> outcomes = new TreeMap<>();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder xml = factory.newDocumentBuilder();
        for (Path report : reports()) {
            NodeList cases = xml.parse(report.toFile()).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                String name = project.relativize(report).getName(0) + " " + test.getAttribute("classname") + "#"
                        + test.getAttribute("name");
                // The same name twice: parameterized tests without names of their own.
                outcomes.merge(
                        OF_ONE_RUN.matcher(name).replaceAll("…"),
                        outcome(test),
                        (one, other) -> one.equals(other) ? one : one + ", " + other);
            }
        }
        return outcomes;
    }

    private static String outcome(Element test) {
        for (String bad : List.of("failure", "error")) {
            NodeList found = test.getElementsByTagName(bad);
            if (found.getLength() > 0) {
                return bad + " " + ((Element) found.item(0)).getAttribute("type");
            }
        }
        return test.getElementsByTagName("skipped").getLength() > 0 ? "skipped" : "passed";
    }

    private List<Path> reports() throws IOException {
        try (Stream<Path> all = Files.walk(project)) {
            return all.filter(p -> p.getFileName().toString().matches("TEST-.*\\.xml"))
                    .filter(p -> p.getParent().getFileName().toString().matches("(surefire|failsafe)-reports"))
                    .toList();
        }
    }
}
