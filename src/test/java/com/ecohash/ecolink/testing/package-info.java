/** What tests of several rooms share: containers that misbehave on demand, and gateways to run. */
@NullMarked
package com.ecohash.ecolink.testing;

import org.jspecify.annotations.NullMarked;
