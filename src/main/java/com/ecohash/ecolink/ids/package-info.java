/** The identities of the product's things, as types: what every room may know, and nothing else. */
@NullMarked
package com.ecohash.ecolink.ids;

import org.jspecify.annotations.NullMarked;
