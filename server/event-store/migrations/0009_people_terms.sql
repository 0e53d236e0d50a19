-- What people are searched by, in lower case: their identifiers, and every email that they have had.
CREATE TABLE IF NOT EXISTS people_terms (
  is_email UInt8,
  term String,
  profile UInt32
) ENGINE = ReplacingMergeTree
ORDER BY (is_email, term, profile);

CREATE MATERIALIZED VIEW IF NOT EXISTS people_terms_from_identities TO people_terms AS
SELECT 0 AS is_email, lowerUTF8(id) AS term, profile FROM identities;

CREATE MATERIALIZED VIEW IF NOT EXISTS people_terms_from_trait_changes TO people_terms AS
SELECT 1 AS is_email, lowerUTF8(JSONExtractString(value)) AS term, profile FROM trait_changes WHERE trait = 'email';

INSERT INTO people_terms SELECT 0, lowerUTF8(id), profile FROM identities;

INSERT INTO people_terms SELECT 1, lowerUTF8(JSONExtractString(value)), profile FROM trait_changes WHERE trait = 'email';
