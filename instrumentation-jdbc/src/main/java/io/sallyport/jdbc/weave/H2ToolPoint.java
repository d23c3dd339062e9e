package io.sallyport.jdbc.weave;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** H2's tools that read and rewrite database files. Those that run SQL ({@code Script}, {@code RunScript}, {@code Csv}) use JDBC. */
public final class H2ToolPoint implements WeavePoint {

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return namedOneOf(
                "org.h2.tools.Recover",
                "org.h2.tools.Backup",
                "org.h2.tools.Restore",
                "org.h2.tools.ChangeFileEncryption",
                "org.h2.tools.CreateCluster",
                "org.h2.tools.DeleteDbFiles");
    }

    @Override
    public void weave(Weave weave) {
        weave.call(isPublic().and(namedOneOf("execute", "runTool", "main", "process")), Advices.H2_TOOL);
    }
}
