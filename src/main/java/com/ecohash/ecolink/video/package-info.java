/**
 * Videos that take longer than an answer: which container makes which, for whom, and when it is
 * done. It owns the remembered jobs and meters each once, when it completes, whether anybody asks
 * or not. How a request gets to a container is not its business.
 */
@NullMarked
package com.ecohash.ecolink.video;

import org.jspecify.annotations.NullMarked;
