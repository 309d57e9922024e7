package io.github.moodlemcp.server.feature;

/** Whether calls of a tool become tasks; only for clients that can follow tasks, and servers with a task store. */
public enum TaskMode {
    /** Never: the call is answered. */
    NEVER,
    /** For every client that can follow tasks; the others wait for the answer. */
    WHEN_POSSIBLE,
    /** From the second round on: the first is answered in the call, so that the handler may ask for input before. */
    AFTER_INPUT,
    /** Always: a client that cannot follow tasks cannot call the tool. */
    ALWAYS
}
