/** JSON-RPC 2.0 messages and {@link io.github.moodlemcp.protocol.jsonrpc.JsonRpcCodec}, which reads and writes them. */
@NullMarked
package io.github.moodlemcp.protocol.jsonrpc;

import org.jspecify.annotations.NullMarked;
