-- By its author, of the file as submitted; null if nobody has signed it.
alter table runs add column signature text;
