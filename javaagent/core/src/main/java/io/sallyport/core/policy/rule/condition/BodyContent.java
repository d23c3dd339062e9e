package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.RequestBody;
import io.sallyport.core.mask.BodyMasker;
import io.sallyport.core.mask.body.BodyMaskers;
import io.sallyport.core.mask.body.BodyRule;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.mask.function.MaskingFunctions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Asks detectors about the body of a request, read as what it is: JSON, XML, CSV, a form, parts, text. What a mask would find in an
 * answer, a guard finds in a request, for both are the same readers.
 */
final class BodyContent {

    private BodyContent() {}

    static Truth holds(RequestBody body, Detection detection) {
        if (body == RequestBody.UNREAD) {
            return Truth.UNKNOWN;
        }
        BodyRule rule = new BodyRule.Detect("detect", detection.entities(), MaskingFunctions.redact());
        BodyMasker reader =
                BodyMaskers.plan(List.of(rule), detection.detectors()).masker(body.contentType());
        if (reader == null) {
            return Truth.NO;
        }
        try {
            OutputStream nowhere = OutputStream.nullOutputStream();
            reader.update(body.bytes(), 0, body.bytes().length, nowhere);
            reader.finish(nowhere);
        } catch (IOException unreadable) {
            return Truth.UNKNOWN;
        }
        return Truth.of(reader.masked() > 0);
    }
}
