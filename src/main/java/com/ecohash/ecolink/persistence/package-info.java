/**
 * The database: the schema's entities and the stores of the feature rooms on top of them. The only
 * room that knows Hibernate, SQL and the connection pool. Owns no rule of the product but how it is
 * kept: what changes together is in one transaction, and every change of what the data plane knows
 * counts the catalog's version up.
 */
@NullMarked
package com.ecohash.ecolink.persistence;

import org.jspecify.annotations.NullMarked;
