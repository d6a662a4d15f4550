/**
 * {@code java -jar ecolink.war}: unpacks the archive once, loads Jetty in a class loader of its own
 * and runs the web application in it, with the answers that a server must give before any
 * application is asked. Owns the listening socket, its limits and the drain at the end; knows
 * nothing of EcoLink's features, and on WildFly it does not exist.
 */
@NullMarked
package com.ecohash.ecolink.launcher;

import org.jspecify.annotations.NullMarked;
