-- What was booked within a time is read without the rest of the account's entries.
create index ledger_entry_by_time on ledger_entry (account_id, booked_at);
