/**
 * How long a piece of audio or video plays, measured from its bytes while they pass: {@link
 * com.ecohash.ecolink.media.MediaMeter} is the door, and the rest is one class or two for each
 * format behind {@code MediaFormat}.
 *
 * <p>It owns the reading of containers and frame headers as far as time needs it, and counts what
 * has passed rather than believe what a header promises, so that an answer that broke off has a
 * length too. It decodes nothing, keeps no media, does no I/O, and knows neither exchanges nor
 * prices. Whatever comes in: no exception, linear time, a few kilobytes of memory.
 *
 * <table>
 *   <caption>What is read, and what the time is counted from</caption>
 *   <tr><th>format</th><th>time</th></tr>
 *   <tr><td>WAV, RF64</td><td>bytes of {@code data} / byte rate of {@code fmt}</td></tr>
 *   <tr><td>raw PCM</td><td>bytes / the rate that the content type names</td></tr>
 *   <tr><td>MP3 (and layers I, II), AAC in ADTS</td><td>frames that passed</td></tr>
 *   <tr><td>Ogg: Opus, Vorbis, FLAC, Speex</td><td>granule position of the last page</td></tr>
 *   <tr><td>FLAC</td><td>blocks of the frames that passed</td></tr>
 *   <tr><td>MP4, M4A, MOV</td><td>sample tables and fragments of the longest track</td></tr>
 *   <tr><td>WebM, Matroska</td><td>time codes of the blocks that passed</td></tr>
 * </table>
 */
@NullMarked
package com.ecohash.ecolink.media;

import org.jspecify.annotations.NullMarked;
