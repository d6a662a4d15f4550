/** Rules that hold for the whole house rather than for one room. */
@NullMarked
package com.ecohash.ecolink;

import org.jspecify.annotations.NullMarked;
