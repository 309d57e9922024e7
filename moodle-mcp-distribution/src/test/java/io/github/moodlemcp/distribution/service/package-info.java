/** The whole service in one process: real HTTP, real WebSocket, real PostgreSQL; only the browser is scripted. */
@NullMarked
package io.github.moodlemcp.distribution.service;

import org.jspecify.annotations.NullMarked;
