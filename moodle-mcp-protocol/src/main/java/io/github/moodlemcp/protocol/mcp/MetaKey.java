package io.github.moodlemcp.protocol.mcp;

/** The keys of {@code _meta} that this server reads or writes, by the name the specification gives their meaning. */
public final class MetaKey {
    public static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";
    public static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    public static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";
    public static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";
    public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
    public static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";
    public static final String PROGRESS_TOKEN = "progressToken";
    /** What became of a tool call, for programs: {@code done}, {@code failed}, {@code not_delivered} … */
    public static final String OUTCOME = "io.github.moodlemcp/outcome";
    /** The {@code request_key} under which a write is repeated without being carried out again. */
    public static final String REQUEST_KEY = "io.github.moodlemcp/request_key";

    private MetaKey() {}
}
