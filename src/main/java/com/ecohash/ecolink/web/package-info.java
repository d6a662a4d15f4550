/**
 * What both edges do alike: JSON bodies in one strict dialect, and errors in one shape. Owns no
 * path and no rule of the product.
 */
@NullMarked
package com.ecohash.ecolink.web;

import org.jspecify.annotations.NullMarked;
