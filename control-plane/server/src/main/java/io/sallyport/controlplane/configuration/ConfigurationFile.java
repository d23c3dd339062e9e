package io.sallyport.controlplane.configuration;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.sallyport.controlplane.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads the settings file strictly: what is not understood keeps the control plane from starting. */
public final class ConfigurationFile {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** @throws StartFailure with file, line and what is wrong there */
    public static Configuration read(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StartFailure("the settings file " + file + " cannot be read; check --settings", e);
        }
        try {
            Configuration read = YAML.readValue(text, Configuration.class);
            return read == null ? Configuration.NONE : read;
        } catch (UnrecognizedPropertyException e) {
            throw wrong(
                    file,
                    e.getLocation(),
                    "there is no setting " + path(e) + "; known here are " + e.getKnownPropertyIds(),
                    e);
        } catch (JsonMappingException e) {
            throw wrong(file, e.getLocation(), path(e) + " is not what is expected there", e);
        } catch (JsonProcessingException e) {
            throw wrong(file, e.getLocation(), "this is not YAML", e);
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static StartFailure wrong(
            Path file, @org.jspecify.annotations.Nullable JsonLocation where, String what, Exception cause) {
        String line = where == null || where.getLineNr() < 1 ? "" : " near line " + where.getLineNr();
        return new StartFailure("settings " + file + line + ": " + what, cause);
    }

    private ConfigurationFile() {}
}
