package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Price;
import com.ecohash.ecolink.billing.Prices;
import java.time.Clock;
import org.hibernate.exception.ConstraintViolationException;

/** Prices in the database. */
public final class JpaPrices implements Prices {
  private final Database database;
  private final Clock clock;

  public JpaPrices(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean add(Price price) {
    try {
      return database.change(
          entityManager -> {
            PriceEntity entity = new PriceEntity(price, Times.now(clock));
            if (entity.isIn(entityManager)) {
              return false;
            }
            entityManager.persist(entity);
            return true;
          });
    } catch (ConstraintViolationException e) {
      return false; // another node was faster
    }
  }
}
