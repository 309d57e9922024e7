/** The routing SPI between the server and the browsers, and the in-process router. */
module io.github.moodlemcp.bridge {
    requires transitive io.github.moodlemcp.protocol;
    requires transitive com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;

    exports io.github.moodlemcp.bridge;
}
