package io.github.moodlemcp.testkit.chaos;

/** What an execution brought about. */
public enum Effect {
    /** Something was read. */
    READ,
    /** A write was carried out. */
    WRITTEN,
    /** A write began, and was definitely refused: nothing was written. */
    REFUSED,
    /** A write began, and nobody knows its end. */
    UNCLEAR
}
