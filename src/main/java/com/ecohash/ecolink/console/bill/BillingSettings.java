package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.money.Money;

/**
 * The limits of the billing calls, each with its configuration key for the error that names it.
 *
 * @param creditMax the largest amount of one booking, either way
 * @param priceMax the highest price of anything
 * @param csvRowsMax rows of one CSV file
 */
public record BillingSettings(
    Money creditMax,
    String creditMaxKey,
    Money priceMax,
    String priceMaxKey,
    int csvRowsMax,
    String csvRowsMaxKey) {}
