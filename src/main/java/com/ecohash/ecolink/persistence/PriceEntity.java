package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Price;
import com.ecohash.ecolink.billing.PriceSubject;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;

/** A row of {@code price}. */
@Entity
@Table(name = "price")
class PriceEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "subject_kind")
  private String subjectKind;

  @Column(name = "subject_name")
  private String subjectName;

  /** Empty for all. */
  @Column(name = "region_id")
  private String regionId;

  private String unit;

  /** Empty for all. */
  @Column(name = "image_size")
  private String imageSize;

  @Column(name = "amount_nanos")
  private long amountNanos;

  @Column(name = "effective_from")
  private Instant effectiveFrom;

  @Column(name = "created_at")
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init")
  PriceEntity() {} // for JPA

  PriceEntity(Price price, Instant createdAt) {
    PriceSubject subject = price.subject();
    this.regionId = "";
    if (subject instanceof PriceSubject.OfInstance instance) {
      this.subjectKind = "instance";
      this.subjectName = instance.instance().toString();
    } else if (subject instanceof PriceSubject.OfModel model) {
      this.subjectKind = "model";
      this.subjectName = model.platformModel();
    } else if (subject instanceof PriceSubject.OfCategory category) {
      this.subjectKind = "category";
      this.subjectName = category.category().wireName();
    } else if (subject instanceof PriceSubject.OfGpuType gpuType) {
      this.subjectKind = "gpu_type";
      this.subjectName = gpuType.gpuType();
      this.regionId = gpuType.region().map(RegionId::value).orElse("");
    } else {
      throw new IllegalStateException("no such subject");
    }
    this.unit = price.unit().wireName();
    this.imageSize = price.size().map(ImageSize::toString).orElse("");
    this.amountNanos = price.amount().nanoDollars();
    this.effectiveFrom = Times.stored(price.effectiveFrom());
    this.createdAt = createdAt;
  }

  /** Whether the same subject and unit has a price from the same moment on. */
  boolean isIn(EntityManager entityManager) {
    return entityManager
            .createQuery(
                "select count(*) from PriceEntity where subjectKind = :kind"
                    + " and subjectName = :name and regionId = :region and unit = :unit"
                    + " and imageSize = :size and effectiveFrom = :from",
                Long.class)
            .setParameter("kind", subjectKind)
            .setParameter("name", subjectName)
            .setParameter("region", regionId)
            .setParameter("unit", unit)
            .setParameter("size", imageSize)
            .setParameter("from", effectiveFrom)
            .getSingleResult()
        > 0;
  }

  Price toPrice() {
    return new Price(
        subject(),
        PricedUnit.ofWireName(unit).orElseThrow(),
        ImageSize.parse(imageSize),
        new Money(amountNanos),
        effectiveFrom);
  }

  private PriceSubject subject() {
    return switch (subjectKind) {
      case "instance" -> new PriceSubject.OfInstance(new InstanceId(Long.parseLong(subjectName)));
      case "model" -> new PriceSubject.OfModel(subjectName);
      case "category" ->
          new PriceSubject.OfCategory(Category.ofWireName(subjectName).orElseThrow());
      case "gpu_type" ->
          new PriceSubject.OfGpuType(
              subjectName,
              regionId.isEmpty() ? Optional.empty() : Optional.of(new RegionId(regionId)));
      default -> throw new IllegalStateException("price " + id + " is for no known subject");
    };
  }
}
