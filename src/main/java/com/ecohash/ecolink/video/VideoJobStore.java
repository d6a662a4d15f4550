package com.ecohash.ecolink.video;

import com.ecohash.ecolink.ids.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where jobs are kept. Every call may block, and may fail while the database is away. */
public interface VideoJobStore {
  /**
   * Remembers a job; once remembered it is not remembered again.
   *
   * @return false if the account has another one of that public id, or this one under another
   */
  boolean remember(VideoJob job);

  /**
   * Gives a job that is remembered the public id that it has here.
   *
   * @return false if it is not remembered
   */
  boolean rename(VideoJob job);

  /** A job of the account's, ended ones included. */
  Optional<VideoJob> find(AccountId account, String publicId);

  /**
   * The jobs whose turn it is to be polled, each handed to one node alone.
   *
   * @param next when their next turn is, from now
   */
  List<VideoJob> takeDue(Duration next, int max);

  /** The job has its usage record, or will never get one: it is not polled any more. */
  void end(VideoJob job);
}
