"""The schema step of the records around the main line, from plan and survey to directive."""

from __future__ import annotations

SCRIPT = """
CREATE TABLE code_word (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    wordlist TEXT NOT NULL DEFAULT '',
    term TEXT NOT NULL DEFAULT '',
    position INTEGER,
    name TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE workflow (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    used_in TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE workflow_step (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    workflow TEXT REFERENCES workflow(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    name TEXT NOT NULL DEFAULT '',
    needs TEXT NOT NULL DEFAULT '',
    skipped_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX workflow_step_by_workflow ON workflow_step(workflow);
ALTER TABLE person ADD COLUMN former_names TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN merged_into TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX person_by_merged_into ON person(merged_into);
CREATE TABLE pairing (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    membership TEXT REFERENCES membership(id) DEFERRABLE INITIALLY DEFERRED,
    partner TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    since TEXT,
    until TEXT,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX pairing_by_membership ON pairing(membership);
CREATE INDEX pairing_by_partner ON pairing(partner);
CREATE TABLE topic_step (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    topic TEXT REFERENCES topic(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    name TEXT NOT NULL DEFAULT '',
    done_on TEXT,
    is_skipped INTEGER NOT NULL,
    evidence_table TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX topic_step_by_topic ON topic_step(topic);
CREATE TABLE plan_item (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    year INTEGER,
    position INTEGER,
    topic TEXT REFERENCES topic(id) DEFERRABLE INITIALLY DEFERRED,
    form TEXT NOT NULL DEFAULT '',
    leader TEXT NOT NULL DEFAULT '',
    responsible TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL DEFAULT '',
    survey_month TEXT NOT NULL DEFAULT '',
    meeting_month TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '',
    agency TEXT REFERENCES agency(id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL DEFAULT '',
    delay_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX plan_item_by_topic ON plan_item(topic);
CREATE INDEX plan_item_by_agency ON plan_item(agency);
CREATE TABLE survey (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    topic TEXT REFERENCES topic(id) DEFERRABLE INITIALLY DEFERRED,
    held_on TEXT,
    way TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    households INTEGER,
    people_heard INTEGER,
    situation TEXT NOT NULL DEFAULT '',
    shortcomings TEXT NOT NULL DEFAULT '',
    suggestions TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX survey_by_topic ON survey(topic);
CREATE TABLE survey_participant (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    survey TEXT REFERENCES survey(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    person TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX survey_participant_by_survey ON survey_participant(survey);
CREATE INDEX survey_participant_by_person ON survey_participant(person);
CREATE TABLE extension (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    matter TEXT REFERENCES matter(id) DEFERRABLE INITIALLY DEFERRED,
    granted_on TEXT,
    old_due_on TEXT,
    new_due_on TEXT,
    reason TEXT NOT NULL DEFAULT '',
    approver TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX extension_by_matter ON extension(matter);
CREATE TABLE rating (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    matter TEXT REFERENCES matter(id) DEFERRABLE INITIALLY DEFERRED,
    rated_on TEXT,
    rater TEXT NOT NULL DEFAULT '',
    work_good INTEGER,
    work_fair INTEGER,
    work_poor INTEGER,
    outcome_good INTEGER,
    outcome_fair INTEGER,
    outcome_poor INTEGER,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX rating_by_matter ON rating(matter);
CREATE TABLE revisit (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    matter TEXT REFERENCES matter(id) DEFERRABLE INITIALLY DEFERRED,
    visited_on TEXT,
    finding TEXT NOT NULL DEFAULT '',
    situation TEXT NOT NULL DEFAULT '',
    visitors TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX revisit_by_matter ON revisit(matter);
CREATE TABLE opinion (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    reporter TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    village TEXT REFERENCES village(id) DEFERRABLE INITIALLY DEFERRED,
    body TEXT NOT NULL DEFAULT '',
    reported_on TEXT,
    reported_to TEXT NOT NULL DEFAULT '',
    handling TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX opinion_by_reporter ON opinion(reporter);
CREATE INDEX opinion_by_village ON opinion(village);
CREATE TABLE opinion_cosigner (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    opinion TEXT REFERENCES opinion(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    person TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX opinion_cosigner_by_opinion ON opinion_cosigner(opinion);
CREATE INDEX opinion_cosigner_by_person ON opinion_cosigner(person);
CREATE TABLE adoption (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    opinion TEXT REFERENCES opinion(id) DEFERRABLE INITIALLY DEFERRED,
    level TEXT NOT NULL DEFAULT '',
    adopted_on TEXT,
    way TEXT NOT NULL DEFAULT '',
    instructed_by TEXT NOT NULL DEFAULT '',
    instruction TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX adoption_by_opinion ON adoption(opinion);
CREATE TABLE proposal (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    proposer TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    submitted_on TEXT,
    category TEXT NOT NULL DEFAULT '',
    suggestions TEXT NOT NULL DEFAULT '',
    filing TEXT NOT NULL DEFAULT '',
    agency TEXT REFERENCES agency(id) DEFERRABLE INITIALLY DEFERRED,
    partners TEXT NOT NULL DEFAULT '',
    replied_on TEXT,
    result TEXT NOT NULL DEFAULT '',
    assessment TEXT NOT NULL DEFAULT '',
    supervision TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX proposal_by_proposer ON proposal(proposer);
CREATE INDEX proposal_by_agency ON proposal(agency);
CREATE TABLE proposal_cosigner (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    proposal TEXT REFERENCES proposal(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    person TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX proposal_cosigner_by_proposal ON proposal_cosigner(proposal);
CREATE INDEX proposal_cosigner_by_person ON proposal_cosigner(person);
CREATE TABLE activity (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    held_at TEXT,
    place TEXT NOT NULL DEFAULT '',
    organiser TEXT NOT NULL DEFAULT '',
    village TEXT REFERENCES village(id) DEFERRABLE INITIALLY DEFERRED,
    content TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '',
    visits INTEGER,
    households INTEGER,
    problems_collected INTEGER,
    problems_solved INTEGER,
    donated_money INTEGER,
    donated_goods INTEGER,
    volunteer_hours INTEGER,
    media_reports INTEGER,
    expenses INTEGER
) STRICT;
CREATE INDEX activity_by_village ON activity(village);
CREATE TABLE activity_participant (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    activity TEXT REFERENCES activity(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    person TEXT REFERENCES person(id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX activity_participant_by_activity ON activity_participant(activity);
CREATE INDEX activity_participant_by_person ON activity_participant(person);
CREATE TABLE visitor (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    activity TEXT REFERENCES activity(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    name TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    concern TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    answer_text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX visitor_by_activity ON visitor(activity);
CREATE TABLE directive (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    issued_by TEXT NOT NULL DEFAULT '',
    issued_on TEXT,
    received_on TEXT,
    content TEXT NOT NULL DEFAULT '',
    due_on TEXT,
    answered_on TEXT,
    answer TEXT NOT NULL DEFAULT '',
    packet TEXT REFERENCES packet(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX directive_by_packet ON directive(packet);
CREATE TABLE conversion (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL REFERENCES office(id) DEFERRABLE INITIALLY DEFERRED,
    removed_at TEXT NOT NULL DEFAULT '',
    stamps TEXT NOT NULL,
    from_topic TEXT REFERENCES topic(id) DEFERRABLE INITIALLY DEFERRED,
    from_opinion TEXT REFERENCES opinion(id) DEFERRABLE INITIALLY DEFERRED,
    from_proposal TEXT REFERENCES proposal(id) DEFERRABLE INITIALLY DEFERRED,
    from_matter TEXT REFERENCES matter(id) DEFERRABLE INITIALLY DEFERRED,
    from_visitor TEXT REFERENCES visitor(id) DEFERRABLE INITIALLY DEFERRED,
    from_activity TEXT REFERENCES activity(id) DEFERRABLE INITIALLY DEFERRED,
    from_directive TEXT REFERENCES directive(id) DEFERRABLE INITIALLY DEFERRED,
    from_dissent TEXT REFERENCES dissent(id) DEFERRABLE INITIALLY DEFERRED,
    into_topic TEXT REFERENCES topic(id) DEFERRABLE INITIALLY DEFERRED,
    into_opinion TEXT REFERENCES opinion(id) DEFERRABLE INITIALLY DEFERRED,
    into_proposal TEXT REFERENCES proposal(id) DEFERRABLE INITIALLY DEFERRED,
    into_matter TEXT REFERENCES matter(id) DEFERRABLE INITIALLY DEFERRED,
    converted_on TEXT,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX conversion_by_from_topic ON conversion(from_topic);
CREATE INDEX conversion_by_from_opinion ON conversion(from_opinion);
CREATE INDEX conversion_by_from_proposal ON conversion(from_proposal);
CREATE INDEX conversion_by_from_matter ON conversion(from_matter);
CREATE INDEX conversion_by_from_visitor ON conversion(from_visitor);
CREATE INDEX conversion_by_from_activity ON conversion(from_activity);
CREATE INDEX conversion_by_from_directive ON conversion(from_directive);
CREATE INDEX conversion_by_from_dissent ON conversion(from_dissent);
CREATE INDEX conversion_by_into_topic ON conversion(into_topic);
CREATE INDEX conversion_by_into_opinion ON conversion(into_opinion);
CREATE INDEX conversion_by_into_proposal ON conversion(into_proposal);
CREATE INDEX conversion_by_into_matter ON conversion(into_matter);
ALTER TABLE meeting ADD COLUMN headcount INTEGER;
ALTER TABLE meeting ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE attachment ADD COLUMN note TEXT NOT NULL DEFAULT ''
"""
