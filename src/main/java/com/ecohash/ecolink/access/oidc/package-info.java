/**
 * Signing in at another provider by OpenID Connect: the authorization code flow with PKCE, and what
 * the provider says about a person, verified. Owns no user; what a stranger may do is decided
 * elsewhere.
 */
@NullMarked
package com.ecohash.ecolink.access.oidc;

import org.jspecify.annotations.NullMarked;
