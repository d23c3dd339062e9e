package io.sallyport.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.core.mask.body.BodyFormatsFuzzTest;
import io.sallyport.core.mask.body.BodyFuzzTest;
import io.sallyport.core.policy.PolicyTextFuzzTest;
import io.sallyport.core.sql.SqlTextFuzzTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the inputs that are kept for fuzzing ({@code …FuzzTestInputs/method/*}), seeds and what fuzzing has found, as ordinary tests. Not
 * by the fuzzer itself: its agent would instrument the classes under all other tests as well.
 */
class FuzzInputsTest {

    private static final List<Class<?>> TARGETS =
            List.of(SqlTextFuzzTest.class, PolicyTextFuzzTest.class, BodyFuzzTest.class, BodyFormatsFuzzTest.class);

    @TestFactory
    List<DynamicTest> keptInputs() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Class<?> target : TARGETS) {
            Object instance = target.getDeclaredConstructor().newInstance();
            for (Method method : target.getDeclaredMethods()) {
                if (method.isAnnotationPresent(FuzzTest.class)) {
                    tests.add(DynamicTest.dynamicTest(
                            target.getSimpleName() + "." + method.getName() + " nothing",
                            () -> method.invoke(instance, (Object) new byte[0])));
                    List<Path> inputs = inputs(target, method);
                    assertThat(inputs).as(method.getName()).isNotEmpty();
                    for (Path input : inputs) {
                        tests.add(DynamicTest.dynamicTest(
                                target.getSimpleName() + "." + method.getName() + " " + input.getFileName(),
                                () -> method.invoke(instance, (Object) Files.readAllBytes(input))));
                    }
                }
            }
        }
        return tests;
    }

    private static List<Path> inputs(Class<?> target, Method method) throws IOException, URISyntaxException {
        URL folder = target.getResource(target.getSimpleName() + "Inputs/" + method.getName());
        assertThat(folder).as("inputs of %s", method.getName()).isNotNull();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        }
    }
}
