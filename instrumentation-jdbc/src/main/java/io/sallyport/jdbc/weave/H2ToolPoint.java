package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.isPublic;
import static io.sallyport.weaving.match.Matchers.namedOneOf;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** H2's tools that read and rewrite database files. Those that run SQL ({@code Script}, {@code RunScript}, {@code Csv}) use JDBC. */
public final class H2ToolPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
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
