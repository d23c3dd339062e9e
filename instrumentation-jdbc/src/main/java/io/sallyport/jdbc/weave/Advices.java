package io.sallyport.jdbc.weave;

/** Names of the advice classes. By name, since a woven type's advice is loaded when its call site is linked and not before. */
final class Advices {

    private static final String GENERIC = "io.sallyport.jdbc.advice.";
    private static final String SQLITE = "io.sallyport.jdbc.sqlite.";
    private static final String POSTGRESQL = "io.sallyport.jdbc.postgresql.";
    private static final String MYSQL = "io.sallyport.jdbc.mysql.";
    private static final String MARIADB = "io.sallyport.jdbc.mariadb.";

    static final String H2_LOGIN = GENERIC + "H2LoginAdvice";
    static final String ORACLE_HANDSHAKE = GENERIC + "OracleHandshakeAdvice";
    static final String SQL_SERVER_TLS = GENERIC + "SqlServerTlsAdvice";
    static final String SQL_SERVER_LOGIN = GENERIC + "SqlServerLoginAdvice";
    static final String CONNECT = GENERIC + "ConnectAdvice";
    static final String DATA_SOURCE = GENERIC + "DataSourceAdvice";
    static final String LEND = GENERIC + "LendAdvice";
    static final String PREPARE = GENERIC + "PrepareAdvice";
    static final String CREATE_STATEMENT = GENERIC + "CreateStatementAdvice";
    static final String AUTO_COMMIT = GENERIC + "AutoCommitAdvice";
    static final String CLOSE_CONNECTION = GENERIC + "CloseConnectionAdvice";
    static final String DRIVER_SCOPE = GENERIC + "DriverScopeAdvice";
    static final String DATABASE_META_DATA = GENERIC + "DatabaseMetaDataAdvice";
    static final String EXECUTE_SQL = GENERIC + "ExecuteSqlAdvice";
    static final String EXECUTE_VENDOR_SQL = GENERIC + "ExecuteVendorSqlAdvice";
    static final String EXECUTE_PREPARED = GENERIC + "ExecutePreparedAdvice";
    static final String EXECUTE_BATCH = GENERIC + "ExecuteBatchAdvice";
    static final String ADD_BATCH_SQL = GENERIC + "AddBatchSqlAdvice";
    static final String ADD_BATCH = GENERIC + "AddBatchAdvice";
    static final String CLEAR_BATCH = GENERIC + "ClearBatchAdvice";
    static final String RESULT = GENERIC + "ResultAdvice";
    static final String RELEASE_STATEMENT = GENERIC + "ReleaseStatementAdvice";
    static final String QUERY_TIMEOUT = GENERIC + "QueryTimeoutAdvice";
    static final String SET_PARAMETER = GENERIC + "SetParameterAdvice";
    static final String SET_STREAM = GENERIC + "SetStreamAdvice";
    static final String SET_NULL = GENERIC + "SetNullAdvice";
    static final String CLEAR_PARAMETERS = GENERIC + "ClearParametersAdvice";
    static final String CALENDAR = GENERIC + "CalendarAdvice";
    static final String TYPE_MAP = GENERIC + "TypeMapAdvice";
    static final String UPDATE_COLUMN = GENERIC + "UpdateColumnAdvice";
    static final String UPDATE_ROW = GENERIC + "UpdateRowAdvice";
    static final String WARNINGS = GENERIC + "WarningsAdvice";
    static final String LATE_ERROR = GENERIC + "LateErrorAdvice";
    static final String RAW_RESULT = GENERIC + "RawResultAdvice";
    static final String RAW_ROWS = GENERIC + "RawRowsAdvice";
    static final String H2_SESSION = GENERIC + "H2SessionAdvice";
    static final String H2_PREPARE = GENERIC + "H2PrepareAdvice";
    static final String H2_COMMAND = GENERIC + "H2CommandAdvice";
    static final String H2_ENGINE = GENERIC + "H2EngineAdvice";
    static final String H2_TOOL = GENERIC + "H2ToolAdvice";
    static final String PG_STARTUP = POSTGRESQL + "StartupAdvice";
    static final String PG_AUTHENTICATION = POSTGRESQL + "AuthenticationAdvice";
    static final String PG_MAKE_CONNECTION = POSTGRESQL + "MakeConnectionAdvice";
    static final String PG_CACHED_QUERY = POSTGRESQL + "CachedQueryAdvice";
    static final String PG_COPY = POSTGRESQL + "CopyAdvice";
    static final String PG_EXECUTOR = POSTGRESQL + "ExecutorAdvice";
    static final String PG_OWN_EXECUTOR = POSTGRESQL + "OwnExecutorAdvice";
    static final String PG_NOTIFICATIONS = POSTGRESQL + "NotificationsAdvice";
    static final String PG_REPLICATION = POSTGRESQL + "ReplicationAdvice";
    static final String PG_REPLICATION_OWNER = POSTGRESQL + "ReplicationOwnerAdvice";
    static final String PG_CANCEL = POSTGRESQL + "CancelAdvice";
    static final String PG_OBJECT = POSTGRESQL + "ObjectAdvice";
    static final String PG_FASTPATH = POSTGRESQL + "FastpathAdvice";
    static final String MYSQL_CREATE_NEW_IO = MYSQL + "CreateNewIoAdvice";
    static final String MYSQL_CREDENTIALS = MYSQL + "CredentialsAdvice";
    static final String MYSQL_SEND_COMMAND = MYSQL + "SendCommandAdvice";
    static final String MYSQL_WIRE = MYSQL + "WireAdvice";
    static final String MYSQL_QUERY_COMMENT = MYSQL + "QueryCommentAdvice";
    static final String MYSQL_SHUTDOWN = MYSQL + "ShutdownAdvice";
    static final String MYSQL_X_PROTOCOL = MYSQL + "XProtocolAdvice";
    static final String MARIADB_CONNECT = MARIADB + "ConnectAdvice";
    static final String MARIADB_SETUP = MARIADB + "SetupAdvice";
    static final String MARIADB_CREDENTIALS = MARIADB + "CredentialsAdvice";
    static final String MARIADB_ASSIGN_STREAM = MARIADB + "AssignStreamAdvice";
    static final String MARIADB_AUTHENTICATION = MARIADB + "AuthenticationAdvice";
    static final String MARIADB_SEND_QUERY = MARIADB + "SendQueryAdvice";
    static final String MARIADB_CONNECT_HOST = MARIADB + "ConnectHostAdvice";
    static final String MARIADB_RETRIEVE_PROXY = MARIADB + "RetrieveProxyAdvice";
    static final String MARIADB_CONNECTION_ERROR = MARIADB + "ConnectionErrorAdvice";
    static final String MARIADB_STATEMENT_ERROR = MARIADB + "StatementErrorAdvice";
    static final String MARIADB_COMMAND = MARIADB + "CommandAdvice";
    static final String MARIADB_OWN_CLIENT = MARIADB + "OwnClientAdvice";

    static final String DRIVER_ONLY = GENERIC + "DriverOnlyAdvice";
    static final String DRIVER_PARTS = GENERIC + "DriverPartsAdvice";
    static final String UNMEDIATED = GENERIC + "UnmediatedAdvice";
    static final String SQLSERVER_BULK_COPY = "io.sallyport.jdbc.sqlserver.BulkCopyAdvice";
    static final String ORACLE_XA = "io.sallyport.jdbc.oracle.XaAdvice";
    static final String SQLITE_CONNECT = SQLITE + "CreateConnectionAdvice";
    static final String SQLITE_OPEN = SQLITE + "OpenAdvice";
    static final String SQLITE_HANDLE = SQLITE + "HandleAdvice";
    static final String SQLITE_POINTER = SQLITE + "PointerAdvice";
    static final String SQLITE_IMAGE = SQLITE + "ImageAdvice";
    static final String SQLITE_CALLBACK = SQLITE + "CallbackAdvice";

    private Advices() {}
}
