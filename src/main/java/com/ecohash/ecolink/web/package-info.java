/**
 * What both edges do alike: JSON bodies in one strict dialect, and errors in one shape; and the
 * console's files, handed out as they are. Owns no rule of the product.
 */
@NullMarked
package com.ecohash.ecolink.web;

import org.jspecify.annotations.NullMarked;
