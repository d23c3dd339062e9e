package io.sallyport.jdbc.weave;

import static io.sallyport.weaving.match.Matchers.*;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * What Oracle's driver sends beside statements: reactive executions, queues, direct path loads, notifications, XStream. They answer
 * later, on other threads or as rows without getters, so they are refused unless the policy lists them.
 */
public final class OracleChannelPoint implements WeavePoint {

    @Override
    public Match<? super TypeInfo> types() {
        return nameStartsWith("oracle.jdbc.")
                .and(DriverTypes.implementing("java.sql.Statement")
                        .or(DriverTypes.implementing("java.sql.Connection"))
                        .or(DriverTypes.implementing("java.sql.Driver"))
                        .or(DriverTypes.implementing("java.sql.ResultSet"))
                        .or(DriverTypes.implementing("oracle.jdbc.internal.OracleStatement")));
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                isPublic()
                        .and(namedOneOf(
                                "executeAsyncOracle",
                                "executeQueryAsyncOracle",
                                "executeUpdateAsyncOracle",
                                "executeBatchAsyncOracle",
                                "executeUpdateAndSuspend",
                                "publisherOracle",
                                "_INTERNAL_ORACLE_connectAsync",
                                "enqueue",
                                "dequeue",
                                "registerAQNotification",
                                "registerDatabaseChangeNotification",
                                "prepareDirectPath",
                                "startup",
                                "shutdown",
                                "executeLightweightSessionPiggyback",
                                "jmsEnqueue",
                                "jmsDequeue",
                                "attachServerConnection",
                                "commitAsyncOracle",
                                "rollbackAsyncOracle",
                                "closeAsyncOracle",
                                "isValidAsyncOracle",
                                "setShardingKeyIfValidAsyncOracle",
                                "archive",
                                "openProxySession",
                                "addDurableAQSubscriber",
                                "addNonDurableAQSubscriber",
                                "removeDurableAQSubscriber",
                                "removeNonDurableAQSubscriber",
                                "setApplicationContext",
                                "setEndUserSecurityContext",
                                "clearEndUserSecurityContext",
                                "beginSaga",
                                "doBeginSaga",
                                "doJoinSaga",
                                "doCommitRollbackSaga",
                                "joinSaga",
                                "commitRollbackSaga",
                                "createLightweightSession",
                                // Another connection could commit what this one wrote.
                                "startTransaction",
                                "resumeTransaction",
                                "suspendTransaction",
                                "suspendTransactionImmediately",
                                "doXAStartSessionlessTxn",
                                "doXAResumeSessionlessTxn",
                                "doXASuspendSessionlessTxn",
                                "doXSNamespaceOp",
                                "doXSSessionAttachOp",
                                "doXSSessionChangeOp",
                                "doXSSessionCreateOp",
                                "doXSSessionDestroyOp",
                                "doXSSessionDetachOp",
                                "registerJMSNotification",
                                "startJMSNotification",
                                "stopJMSNotification",
                                "ackJMSNotification")),
                Advices.UNMEDIATED);
    }
}
