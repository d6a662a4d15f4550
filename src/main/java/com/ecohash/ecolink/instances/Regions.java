package com.ecohash.ecolink.instances;

import com.ecohash.ecolink.ids.RegionId;
import java.util.List;
import java.util.Optional;

/** The regions, as they are kept. */
public interface Regions {
  /**
   * @return whether it was made; a region of this id is there already if not
   */
  boolean create(Region region);

  /** Changes what is given; empty if there is no such region. */
  Optional<Region> update(RegionId id, Optional<String> name, Optional<Boolean> draining);

  /** All, by id. */
  List<Region> list();
}
