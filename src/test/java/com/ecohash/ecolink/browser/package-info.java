/**
 * The console in a real browser against the built archive: Debian's Chromium, driven by Playwright.
 * What a person does, on a phone's width and a desk's, in light and dark; screenshots are left in
 * {@code target/screenshots}.
 */
@NullMarked
package com.ecohash.ecolink.browser;

import org.jspecify.annotations.NullMarked;
