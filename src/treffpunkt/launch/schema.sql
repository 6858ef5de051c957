-- What the migrations make. Written by: make schema
-- PostgreSQL 18

CREATE FUNCTION public.agreements_signature_is_fixed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'INSERT' then
        if not exists (
            select from agreements_agreementversion v
            where v.id = new.version_id and v.sealed_at is not null and v.sha256 = new.sha256
        ) then
            raise exception 'signed is what was offered, word for word' using errcode = 'check_violation';
        end if;
    elsif (new.version_id, new.way, new.at, new.sha256) is distinct from (old.version_id, old.way, old.at, old.sha256)
    then
        raise exception 'a signature cannot be altered' using errcode = 'check_violation';
    end if;
    return new;
end $$;
CREATE FUNCTION public.agreements_text_is_sealed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op <> 'INSERT' and old.sealed_at is not null then
        if tg_op = 'DELETE' then
            raise exception 'a text that was offered cannot be deleted' using errcode = 'check_violation';
        end if;
        if (new.agreement_id, new.number, new.language, new.sentences, new.text, new.text_de, new.sha256, new.sealed_at)
            is distinct from
            (old.agreement_id, old.number, old.language, old.sentences, old.text, old.text_de, old.sha256, old.sealed_at)
        then
            raise exception 'a text that was offered cannot be altered' using errcode = 'check_violation';
        end if;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.sealed_at is not null
        and new.sha256 <> encode(sha256(convert_to(new.text || E'\n\n' || new.text_de, 'UTF8')), 'hex')
    then
        raise exception 'the hash is not that of the text' using errcode = 'check_violation';
    end if;
    return new;
end $$;
CREATE FUNCTION public.agreements_works_on(which uuid, who uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ 
select exists (
    select from agreements_agreement a join people_staff o on o.id = a.owner_id
    where a.id = which and (o.id = who or o.covered_by_id = who)
) or exists (
    select from people_staff s where s.id = who and s.is_active and 'coordinator' = any(s.roles)
)
 $$;
CREATE FUNCTION public.meetings_closed_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if not (coalesce(current_setting('app.subject', true), '') = 'system')
        and (new.state, new.summary, new.summaries, new.corrections_until, new.starts, new.zone)
            is distinct from (old.state, old.summary, old.summaries, old.corrections_until, old.starts, old.zone)
    then
        raise exception 'the minutes of this meeting are locked' using errcode = 'check_violation';
    end if;
    return new;
end $$;
CREATE FUNCTION public.meetings_hosts_guest(which uuid, who uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ select exists (select from meetings_invitation i join meetings_meeting_hosts h on h.meeting_id = i.meeting_id join people_staff s on s.id = h.staff_id where i.id = which and (h.staff_id = who or s.covered_by_id = who)) $$;
CREATE FUNCTION public.meetings_minutes_are_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if coalesce(current_setting('app.subject', true), '') = 'system' then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'a revision of minutes cannot be deleted' using errcode = 'check_violation';
    end if;
    if (new.meeting_id, new.language, new.revision, new.final, new.content, new.sent_at)
        is distinct from (old.meeting_id, old.language, old.revision, old.final, old.content, old.sent_at)
    then
        raise exception 'a revision of minutes cannot be altered' using errcode = 'check_violation';
    end if;
    return new;
end $$;
CREATE FUNCTION public.meetings_notes_are_locked() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    which uuid := case when tg_op = 'INSERT' then new.meeting_id else old.meeting_id end;
begin
    if tg_op = 'UPDATE'
        and (new.meeting_id, new.item_id, new.text, new.language, new.gist, new.women_specific, new.confidential,
             new.noted_at, new.removed_at)
            is not distinct from
            (old.meeting_id, old.item_id, old.text, old.language, old.gist, old.women_specific, old.confidential,
             old.noted_at, old.removed_at)
    then
        return new;
    end if;
    if not (coalesce(current_setting('app.subject', true), '') = 'system') and exists (select from meetings_meeting where id = which and state = 'closed') then
        raise exception 'the minutes of this meeting are locked' using errcode = 'check_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
CREATE FUNCTION public.meetings_takes_notes(which uuid, who uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ select exists (select from meetings_meeting_hosts where meeting_id = which and staff_id = who) or exists (select from meetings_statement s join meetings_meeting m on m.id = s.meeting_id where s.meeting_id = which and s.noted_by_id = who and not s.by_phone and s.removed_at is null and (m.ended_at is null or s.created_at < m.ended_at)) $$;
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.agreements_agreement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    sorting character varying(200) NOT NULL COLLATE pg_catalog."C",
    language character varying(12) NOT NULL,
    answer_days smallint NOT NULL,
    needs character varying(4) NOT NULL,
    state character varying(10) NOT NULL,
    state_since timestamp with time zone,
    ending character varying(10) NOT NULL,
    in_force_since timestamp with time zone,
    ends_on date,
    review_every smallint NOT NULL,
    review_on date,
    reminded_of date,
    note text NOT NULL,
    owner_id uuid,
    replaced_by_id uuid,
    current_id uuid,
    CONSTRAINT agreement_ends_somehow CHECK (((((ending)::text > ''::text) AND ((state)::text = 'ended'::text)) OR ((NOT ((state)::text = 'ended'::text)) AND ((ending)::text = ''::text)))),
    CONSTRAINT agreement_holds_a_text CHECK (((NOT ((state)::text = ANY ((ARRAY['in_force'::character varying, 'suspended'::character varying])::text[]))) OR (current_id IS NOT NULL))),
    CONSTRAINT agreements_agreement_answer_days_check CHECK ((answer_days >= 0)),
    CONSTRAINT agreements_agreement_review_every_check CHECK ((review_every >= 0)),
    CONSTRAINT agreements_agreement_version_check CHECK ((version >= 0))
);
CREATE TABLE public.agreements_agreement_spaces (
    id bigint NOT NULL,
    agreement_id uuid NOT NULL,
    space_id uuid NOT NULL
);
ALTER TABLE public.agreements_agreement_spaces ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agreements_agreement_spaces_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.agreements_agreement_topics (
    id bigint NOT NULL,
    agreement_id uuid NOT NULL,
    topic_id uuid NOT NULL
);
ALTER TABLE public.agreements_agreement_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agreements_agreement_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.agreements_agreementversion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    state character varying(10) NOT NULL,
    language character varying(12) NOT NULL,
    sentences jsonb NOT NULL,
    left_out jsonb NOT NULL,
    text text NOT NULL,
    text_de text NOT NULL,
    sha256 character varying(64) NOT NULL,
    sealed_at timestamp with time zone,
    accepted_at timestamp with time zone,
    agreement_id uuid NOT NULL,
    CONSTRAINT agreement_offered_is_sealed CHECK ((((sealed_at IS NULL) AND ((sha256)::text = ''::text) AND ((state)::text = 'draft'::text)) OR ((state)::text = 'taken_back'::text) OR ((sealed_at IS NOT NULL) AND ((sha256)::text ~ '^[0-9a-f]{64}$'::text)))),
    CONSTRAINT agreements_agreementversion_number_check CHECK ((number >= 0)),
    CONSTRAINT agreements_agreementversion_version_check CHECK ((version >= 0))
);
CREATE TABLE public.agreements_clause (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    key character varying(40) NOT NULL,
    names jsonb NOT NULL,
    section character varying(8) NOT NULL,
    "position" smallint NOT NULL,
    standard boolean NOT NULL,
    expected boolean NOT NULL,
    fixed boolean NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT agreements_clause_position_check CHECK (("position" >= 0)),
    CONSTRAINT agreements_clause_version_check CHECK ((version >= 0))
);
CREATE TABLE public.agreements_clause_topics (
    id bigint NOT NULL,
    clause_id uuid NOT NULL,
    topic_id uuid NOT NULL
);
ALTER TABLE public.agreements_clause_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agreements_clause_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.agreements_clauseversion (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    texts jsonb NOT NULL,
    note character varying(200) NOT NULL,
    clause_id uuid NOT NULL,
    written_by_id uuid,
    CONSTRAINT agreements_clauseversion_number_check CHECK ((number >= 0)),
    CONSTRAINT clause_version_not_empty CHECK ((NOT (texts = '{}'::jsonb)))
);
CREATE TABLE public.agreements_commitment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    side character varying(6) NOT NULL,
    what character varying(300) NOT NULL,
    language character varying(12) NOT NULL,
    women_specific boolean NOT NULL,
    due date,
    every_days smallint,
    state character varying(8) NOT NULL,
    agreement_id uuid NOT NULL,
    owner_id uuid,
    party_id uuid,
    CONSTRAINT agreements_commitment_every_days_check CHECK ((every_days >= 0)),
    CONSTRAINT agreements_commitment_version_check CHECK ((version >= 0)),
    CONSTRAINT commitment_recurs_from_a_day CHECK (((every_days IS NULL) OR ((due IS NOT NULL) AND (every_days > 0))))
);
CREATE TABLE public.agreements_evidence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file character varying(64) NOT NULL,
    media_type character varying(40) NOT NULL,
    size integer NOT NULL,
    agreement_id uuid NOT NULL,
    kept_by_id uuid,
    signature_id uuid,
    CONSTRAINT agreements_evidence_size_check CHECK ((size >= 0))
);
CREATE TABLE public.agreements_grantedright (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    right_kind character varying(10) NOT NULL,
    how character varying(300) NOT NULL,
    state character varying(8) NOT NULL,
    state_since timestamp with time zone,
    seen_at timestamp with time zone,
    agreement_id uuid NOT NULL,
    profile_id uuid,
    seen_by_id uuid,
    space_id uuid NOT NULL,
    CONSTRAINT agreements_grantedright_version_check CHECK ((version >= 0))
);
CREATE TABLE public.agreements_keeping (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due date,
    kept boolean NOT NULL,
    commitment_id uuid NOT NULL,
    noted_by_id uuid
);
CREATE TABLE public.agreements_measure (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    measure_kind character varying(10) NOT NULL,
    done_on date NOT NULL,
    note character varying(200) NOT NULL,
    agreement_id uuid NOT NULL,
    noted_by_id uuid,
    topic_id uuid NOT NULL
);
CREATE TABLE public.agreements_offer (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    answer character varying(8) NOT NULL,
    answered_at timestamp with time zone,
    reminded_at timestamp with time zone,
    version_id uuid NOT NULL,
    party_id uuid NOT NULL
);
CREATE TABLE public.agreements_party (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    language character varying(12) NOT NULL,
    "left" character varying(8) NOT NULL,
    left_at timestamp with time zone,
    actor_id uuid,
    agreement_id uuid NOT NULL,
    organisation_id uuid,
    CONSTRAINT agreements_party_version_check CHECK ((version >= 0))
);
CREATE TABLE public.agreements_remark (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    remark_kind character varying(8) NOT NULL,
    text text NOT NULL,
    language character varying(12) NOT NULL,
    settled_at timestamp with time zone,
    agreement_id uuid NOT NULL,
    party_id uuid,
    staff_id uuid,
    version_id uuid
);
CREATE TABLE public.agreements_signature (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    name character varying(120) NOT NULL,
    way character varying(5) NOT NULL,
    at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    quote text NOT NULL,
    language character varying(12) NOT NULL,
    erased_at timestamp with time zone,
    noted_by_id uuid,
    party_id uuid NOT NULL,
    version_id uuid NOT NULL,
    CONSTRAINT signature_has_a_name CHECK (((NOT ((name)::text = ''::text)) OR (erased_at IS NOT NULL)))
);
CREATE TABLE public.agreements_succession (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    state_since timestamp with time zone,
    words text NOT NULL,
    language character varying(12) NOT NULL,
    actor_id uuid NOT NULL,
    owner_id uuid,
    CONSTRAINT agreements_succession_version_check CHECK ((version >= 0))
);
CREATE TABLE public.agreements_succession_others (
    id bigint NOT NULL,
    succession_id uuid NOT NULL,
    actor_id uuid NOT NULL
);
ALTER TABLE public.agreements_succession_others ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.agreements_succession_others_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.agreements_threshold (
    key character varying(20) NOT NULL,
    days smallint NOT NULL,
    CONSTRAINT agreements_threshold_days_check CHECK ((days >= 0))
);
CREATE TABLE public.agreements_use (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    worked boolean NOT NULL,
    source_kind character varying(60) NOT NULL,
    source_id uuid,
    right_id uuid NOT NULL,
    staff_id uuid
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.intake_alias (
    id bigint NOT NULL,
    kind character varying(60) NOT NULL,
    key character varying(32) NOT NULL,
    record_id uuid
);
ALTER TABLE public.intake_alias ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.intake_alias_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.intake_import (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    target character varying(60) NOT NULL,
    file_name character varying(200) NOT NULL,
    file character varying(64) NOT NULL,
    file_size bigint NOT NULL,
    reading jsonb NOT NULL,
    columns jsonb NOT NULL,
    mapping jsonb NOT NULL,
    fixed jsonb NOT NULL,
    state character varying(10) NOT NULL,
    rows integer NOT NULL,
    done integer NOT NULL,
    counts jsonb NOT NULL,
    problem character varying(300) NOT NULL,
    applied_at timestamp with time zone,
    failed_at character varying(10) NOT NULL,
    by_id uuid,
    CONSTRAINT intake_import_done_check CHECK ((done >= 0)),
    CONSTRAINT intake_import_file_size_check CHECK ((file_size >= 0)),
    CONSTRAINT intake_import_rows_check CHECK ((rows >= 0)),
    CONSTRAINT intake_import_version_check CHECK ((version >= 0))
);
CREATE TABLE public.intake_memory (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    target character varying(60) NOT NULL,
    signature character varying(64) NOT NULL,
    mapping jsonb NOT NULL,
    fixed jsonb NOT NULL
);
CREATE TABLE public.intake_result (
    id bigint NOT NULL,
    number integer NOT NULL,
    record_kind character varying(60) NOT NULL,
    record_id uuid NOT NULL,
    before jsonb,
    stays character varying(12) NOT NULL,
    file_id uuid NOT NULL,
    CONSTRAINT intake_result_number_check CHECK ((number >= 0))
);
ALTER TABLE public.intake_result ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.intake_result_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.intake_row (
    id bigint NOT NULL,
    number integer NOT NULL,
    "values" jsonb NOT NULL,
    verdict character varying(8) NOT NULL,
    reasons jsonb NOT NULL,
    record_kind character varying(60) NOT NULL,
    record_id uuid,
    decision character varying(8) NOT NULL,
    file_id uuid NOT NULL,
    CONSTRAINT intake_row_number_check CHECK ((number >= 0))
);
ALTER TABLE public.intake_row ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.intake_row_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.intake_stamp (
    record_id uuid NOT NULL,
    fields jsonb NOT NULL
);
CREATE TABLE public.journal_entry (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    verb character varying(60) NOT NULL,
    agent_kind character varying(12) NOT NULL,
    agent_id uuid,
    subject_kind character varying(60) NOT NULL,
    subject_id uuid NOT NULL,
    fields character varying(60)[] NOT NULL
);
CREATE TABLE public.journal_origin (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    source_kind character varying(60) NOT NULL,
    source_id uuid NOT NULL,
    result_kind character varying(60) NOT NULL,
    result_id uuid NOT NULL
);
CREATE TABLE public.journal_touched (
    id bigint NOT NULL,
    record_kind character varying(60) NOT NULL,
    record_id uuid NOT NULL,
    entry_id uuid NOT NULL
);
ALTER TABLE public.journal_touched ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.journal_touched_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.links_link (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    purpose character varying(40) NOT NULL,
    subject_kind character varying(60) NOT NULL,
    subject_id uuid NOT NULL,
    holder_id uuid,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    first_used_at timestamp with time zone,
    browser_hash character varying(64) NOT NULL,
    fresh boolean NOT NULL,
    language character varying(12) NOT NULL
);
CREATE TABLE public.meetings_agendaitem (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "position" smallint NOT NULL,
    titles jsonb NOT NULL,
    questions jsonb NOT NULL,
    minutes smallint NOT NULL,
    opened_at timestamp with time zone,
    seconds_spent integer NOT NULL,
    topic_id uuid,
    meeting_id uuid NOT NULL,
    organisation_id uuid,
    CONSTRAINT meetings_agendaitem_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT meetings_agendaitem_position_check CHECK (("position" >= 0)),
    CONSTRAINT meetings_agendaitem_seconds_spent_check CHECK ((seconds_spent >= 0))
);
CREATE TABLE public.meetings_agendaitem_promises (
    id bigint NOT NULL,
    agendaitem_id uuid NOT NULL,
    task_id uuid NOT NULL
);
ALTER TABLE public.meetings_agendaitem_promises ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meetings_agendaitem_promises_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.meetings_agendatopic (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    key character varying(40) NOT NULL,
    "position" smallint NOT NULL,
    titles jsonb NOT NULL,
    questions jsonb NOT NULL,
    kinds character varying(12)[] NOT NULL,
    minutes smallint NOT NULL,
    CONSTRAINT meetings_agendatopic_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT meetings_agendatopic_position_check CHECK (("position" >= 0)),
    CONSTRAINT meetings_agendatopic_version_check CHECK ((version >= 0))
);
CREATE TABLE public.meetings_ballot (
    id uuid NOT NULL,
    used boolean NOT NULL,
    meeting_id uuid NOT NULL
);
CREATE TABLE public.meetings_calendarreply (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    digest character varying(64) NOT NULL,
    answer character varying(16) NOT NULL,
    sequence integer NOT NULL,
    stamped_at timestamp with time zone NOT NULL,
    proposed_at timestamp with time zone,
    comment character varying(500) NOT NULL,
    outcome character varying(10) NOT NULL,
    settled_at timestamp with time zone,
    invitation_id uuid NOT NULL,
    CONSTRAINT meetings_calendarreply_sequence_check CHECK ((sequence >= 0))
);
CREATE TABLE public.meetings_contribution (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seq bigint NOT NULL,
    text text NOT NULL,
    language character varying(12) NOT NULL,
    shown_name character varying(60) NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id uuid,
    invitation_id uuid,
    item_id uuid,
    meeting_id uuid NOT NULL,
    group_id uuid,
    CONSTRAINT meetings_contribution_seq_check CHECK ((seq >= 0))
);
CREATE TABLE public.meetings_correction (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    language character varying(12) NOT NULL,
    state character varying(8) NOT NULL,
    word character varying(500) NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id uuid,
    invitation_id uuid,
    item_id uuid,
    meeting_id uuid NOT NULL,
    statement_id uuid
);
CREATE TABLE public.meetings_datepoll (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    zone character varying(64) NOT NULL,
    until date NOT NULL,
    meeting_id uuid NOT NULL,
    task_id uuid,
    chosen_id uuid,
    CONSTRAINT meetings_datepoll_version_check CHECK ((version >= 0))
);
CREATE TABLE public.meetings_evaluation (
    id uuid NOT NULL,
    useful smallint,
    helpful text NOT NULL,
    missing text NOT NULL,
    language character varying(12) NOT NULL,
    meeting_id uuid NOT NULL,
    CONSTRAINT evaluation_useful CHECK (((useful IS NULL) OR ((useful >= 1) AND (useful <= 5)))),
    CONSTRAINT meetings_evaluation_useful_check CHECK ((useful >= 0))
);
CREATE TABLE public.meetings_guesttext (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    purpose character varying(12) NOT NULL,
    language character varying(12) NOT NULL,
    revision integer NOT NULL,
    subject character varying(150) NOT NULL,
    body text NOT NULL,
    written_by_id uuid,
    CONSTRAINT meetings_guesttext_revision_check CHECK ((revision >= 0))
);
CREATE TABLE public.meetings_invitation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    language character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    sent_at timestamp with time zone,
    answered_at timestamp with time zone,
    answered_via character varying(8) NOT NULL,
    reminded_at timestamp with time zone,
    attendance character varying(8) NOT NULL,
    remark character varying(500) NOT NULL,
    uid character varying(40) NOT NULL,
    actor_id uuid,
    organisation_id uuid,
    staff_id uuid,
    meeting_id uuid NOT NULL,
    small_group_id uuid,
    companions smallint NOT NULL,
    companions_welcome boolean,
    offer_lapsed_at timestamp with time zone,
    offered_at timestamp with time zone,
    offered_until timestamp with time zone,
    waiting_since timestamp with time zone,
    wave_id uuid,
    opened_on date,
    CONSTRAINT invitation_actor_or_staff CHECK (((actor_id IS NULL) OR (staff_id IS NULL))),
    CONSTRAINT invitation_offered_to_who_waits CHECK (((offered_until IS NULL) OR ((state)::text = 'waiting'::text))),
    CONSTRAINT meetings_invitation_companions_check CHECK ((companions >= 0)),
    CONSTRAINT meetings_invitation_version_check CHECK ((version >= 0))
);
CREATE TABLE public.meetings_meeting (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    title jsonb NOT NULL,
    greeting jsonb NOT NULL,
    languages character varying(12)[] NOT NULL,
    day date NOT NULL,
    "time" time without time zone NOT NULL,
    starts timestamp with time zone NOT NULL,
    minutes_long smallint NOT NULL,
    zone character varying(64) NOT NULL,
    form character varying(8) NOT NULL,
    room character varying(500) NOT NULL,
    venue character varying(300) NOT NULL,
    seats integer,
    state character varying(10) NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    summary text NOT NULL,
    summaries jsonb NOT NULL,
    moved_at timestamp with time zone,
    seq bigint NOT NULL,
    calendar_sequence integer NOT NULL,
    current_item_id uuid,
    series_id uuid,
    others_here smallint NOT NULL,
    phones character varying(60) NOT NULL,
    screen_waits boolean NOT NULL,
    dial_in character varying(200) NOT NULL,
    room_kind character varying(5) NOT NULL,
    companions_welcome boolean NOT NULL,
    offer_hours smallint NOT NULL,
    corrections_until date,
    calendar_key character varying(64) NOT NULL,
    CONSTRAINT meetings_meeting_calendar_sequence_check CHECK ((calendar_sequence >= 0)),
    CONSTRAINT meetings_meeting_minutes_long_check CHECK ((minutes_long >= 0)),
    CONSTRAINT meetings_meeting_offer_hours_check CHECK ((offer_hours >= 0)),
    CONSTRAINT meetings_meeting_others_here_check CHECK ((others_here >= 0)),
    CONSTRAINT meetings_meeting_seats_check CHECK ((seats >= 0)),
    CONSTRAINT meetings_meeting_seq_check CHECK ((seq >= 0)),
    CONSTRAINT meetings_meeting_version_check CHECK ((version >= 0))
);
CREATE TABLE public.meetings_meeting_communities (
    id bigint NOT NULL,
    meeting_id uuid NOT NULL,
    community_id uuid NOT NULL
);
ALTER TABLE public.meetings_meeting_communities ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meetings_meeting_communities_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.meetings_meeting_hosts (
    id bigint NOT NULL,
    meeting_id uuid NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.meetings_meeting_hosts ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meetings_meeting_hosts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.meetings_minutes (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    language character varying(12) NOT NULL,
    revision smallint NOT NULL,
    content jsonb NOT NULL,
    pdf character varying(64) NOT NULL,
    sent_at timestamp with time zone,
    meeting_id uuid NOT NULL,
    final boolean NOT NULL,
    CONSTRAINT meetings_minutes_revision_check CHECK ((revision >= 0))
);
CREATE TABLE public.meetings_needs (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    interpreting character varying(12) NOT NULL,
    children smallint NOT NULL,
    sign_language boolean NOT NULL,
    step_free boolean NOT NULL,
    other character varying(300) NOT NULL,
    invitation_id uuid NOT NULL,
    CONSTRAINT meetings_needs_children_check CHECK ((children >= 0))
);
CREATE TABLE public.meetings_pollguest (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    language character varying(12) NOT NULL,
    answers jsonb NOT NULL,
    sent_at timestamp with time zone,
    reminded_at timestamp with time zone,
    answered_at timestamp with time zone,
    answered_via character varying(8) NOT NULL,
    actor_id uuid,
    poll_id uuid NOT NULL,
    staff_id uuid,
    CONSTRAINT meetings_pollguest_version_check CHECK ((version >= 0)),
    CONSTRAINT poll_guest_actor_or_staff CHECK ((((actor_id IS NOT NULL) OR (staff_id IS NOT NULL)) AND (1 = (
CASE
    WHEN (actor_id IS NOT NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (staff_id IS NOT NULL) THEN 1
    ELSE 0
END))))
);
CREATE TABLE public.meetings_pollmoment (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    day date NOT NULL,
    "time" time without time zone NOT NULL,
    starts timestamp with time zone NOT NULL,
    poll_id uuid NOT NULL
);
CREATE TABLE public.meetings_presentation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    state character varying(9) NOT NULL,
    asked_at timestamp with time zone,
    answered_at timestamp with time zone,
    proposed jsonb NOT NULL,
    item_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT meetings_presentation_version_check CHECK ((version >= 0))
);
CREATE TABLE public.meetings_series (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    title jsonb NOT NULL,
    begins date NOT NULL,
    ends date NOT NULL,
    contact_id uuid,
    shows_planned boolean NOT NULL,
    CONSTRAINT meetings_series_version_check CHECK ((version >= 0)),
    CONSTRAINT series_in_order CHECK ((ends >= begins))
);
CREATE TABLE public.meetings_series_communities (
    id bigint NOT NULL,
    series_id uuid NOT NULL,
    community_id uuid NOT NULL
);
ALTER TABLE public.meetings_series_communities ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meetings_series_communities_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.meetings_smallgroup (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    round smallint NOT NULL,
    number smallint NOT NULL,
    language character varying(12) NOT NULL,
    phones character varying(60) NOT NULL,
    closed_at timestamp with time zone,
    item_id uuid,
    meeting_id uuid NOT NULL,
    CONSTRAINT meetings_smallgroup_number_check CHECK ((number >= 0)),
    CONSTRAINT meetings_smallgroup_round_check CHECK ((round >= 0))
);
CREATE TABLE public.meetings_smallgroup_takers (
    id bigint NOT NULL,
    smallgroup_id uuid NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.meetings_smallgroup_takers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meetings_smallgroup_takers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.meetings_statement (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    seq bigint NOT NULL,
    text text NOT NULL,
    language character varying(12) NOT NULL,
    gist text NOT NULL,
    statement_kind character varying(12) NOT NULL,
    women_specific boolean NOT NULL,
    confidential boolean NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    item_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    noted_by_id uuid,
    said_by_id uuid,
    by_phone boolean NOT NULL,
    on_screen boolean NOT NULL,
    shown_name character varying(60) NOT NULL,
    women_decided boolean NOT NULL,
    group_id uuid,
    CONSTRAINT meetings_statement_seq_check CHECK ((seq >= 0)),
    CONSTRAINT meetings_statement_version_check CHECK ((version >= 0)),
    CONSTRAINT statement_not_empty CHECK ((NOT (text = ''::text)))
);
CREATE TABLE public.meetings_statementwords (
    statement_id uuid NOT NULL,
    version integer NOT NULL,
    terms integer[] NOT NULL,
    CONSTRAINT meetings_statementwords_version_check CHECK ((version >= 0))
);
CREATE TABLE public.meetings_wave (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    number smallint NOT NULL,
    goes_on date,
    only_if_free boolean NOT NULL,
    sent_at timestamp with time zone,
    meeting_id uuid NOT NULL,
    CONSTRAINT meetings_wave_number_check CHECK ((number >= 0))
);
CREATE TABLE public.meetings_writing (
    id bigint NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    meeting_id uuid NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.meetings_writing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.meetings_writing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.network_actor (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    sorting character varying(200) NOT NULL COLLATE pg_catalog."C",
    handle character varying(120) NOT NULL,
    source_key character varying(120) NOT NULL,
    actor_kind character varying(14) NOT NULL,
    languages character varying(12)[] NOT NULL,
    standing character varying(8) NOT NULL,
    not_a_person boolean NOT NULL,
    consent_for character varying(300) NOT NULL,
    consent_how character varying(120) NOT NULL,
    consent_at date,
    next_touch date,
    last_contact_at timestamp with time zone,
    note text NOT NULL,
    erased_at timestamp with time zone,
    potential_reach bigint NOT NULL,
    owner_id uuid,
    telling_at timestamp with time zone,
    told_at timestamp with time zone,
    told_how character varying(10) NOT NULL,
    reading character varying(200) NOT NULL,
    CONSTRAINT network_actor_version_check CHECK ((version >= 0))
);
CREATE TABLE public.network_channel (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    channel_kind character varying(10) NOT NULL,
    value character varying(320) NOT NULL,
    preferred boolean NOT NULL,
    safe boolean NOT NULL,
    actor_id uuid NOT NULL,
    fails_since timestamp with time zone,
    fails_why character varying(40) NOT NULL
);
CREATE TABLE public.network_community (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    name character varying(120) NOT NULL,
    sorting character varying(200) NOT NULL COLLATE pg_catalog."C",
    countries character varying(2)[] NOT NULL,
    note text NOT NULL,
    language_id character varying(12) NOT NULL,
    CONSTRAINT network_community_version_check CHECK ((version >= 0))
);
CREATE TABLE public.network_community_counsellors (
    id bigint NOT NULL,
    community_id uuid NOT NULL,
    staff_id uuid NOT NULL
);
ALTER TABLE public.network_community_counsellors ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.network_community_counsellors_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.network_community_platforms (
    id bigint NOT NULL,
    community_id uuid NOT NULL,
    platform_id character varying(24) NOT NULL
);
ALTER TABLE public.network_community_platforms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.network_community_platforms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.network_contact (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    channel_kind character varying(10) NOT NULL,
    direction character varying(3) NOT NULL,
    note text NOT NULL,
    language character varying(12) NOT NULL,
    outcome character varying(10) NOT NULL,
    next_step character varying(300) NOT NULL,
    confidential boolean NOT NULL,
    actor_id uuid,
    staff_id uuid,
    organisation_id uuid,
    space_id uuid,
    CONSTRAINT contact_with_somebody CHECK ((NOT ((actor_id IS NULL) AND (organisation_id IS NULL) AND (space_id IS NULL)))),
    CONSTRAINT network_contact_version_check CHECK ((version >= 0))
);
CREATE TABLE public.network_feed (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    address character varying(500) NOT NULL,
    etag character varying(300) NOT NULL,
    last_modified character varying(100) NOT NULL,
    next_fetch timestamp with time zone,
    fetched_at timestamp with time zone,
    last_post_on date,
    counted_since date,
    failures smallint NOT NULL,
    problem character varying(10) NOT NULL,
    space_id uuid NOT NULL,
    CONSTRAINT network_feed_failures_check CHECK ((failures >= 0))
);
CREATE TABLE public.network_handout (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file_format character varying(8) NOT NULL,
    people integer NOT NULL,
    reason character varying(300) NOT NULL,
    staff_id uuid,
    CONSTRAINT handout_has_reason CHECK ((NOT ((reason)::text = ''::text))),
    CONSTRAINT network_handout_people_check CHECK ((people >= 0))
);
CREATE TABLE public.network_look (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    outcome character varying(8) NOT NULL,
    members integer,
    task_id uuid,
    before jsonb NOT NULL,
    space_id uuid NOT NULL,
    staff_id uuid,
    CONSTRAINT network_look_members_check CHECK ((members >= 0))
);
CREATE TABLE public.network_merge (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    record_kind character varying(60) NOT NULL,
    record_id uuid NOT NULL,
    gone_id uuid NOT NULL,
    also_gone uuid[] NOT NULL,
    before jsonb NOT NULL,
    undone_at timestamp with time zone,
    staff_id uuid
);
CREATE TABLE public.network_opening (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    language character varying(12) NOT NULL,
    first text NOT NULL,
    first_german text NOT NULL,
    again text NOT NULL,
    again_german text NOT NULL,
    CONSTRAINT network_opening_version_check CHECK ((version >= 0))
);
CREATE TABLE public.network_organisation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    name character varying(300) NOT NULL,
    sorting character varying(200) NOT NULL COLLATE pg_catalog."C",
    organisation_kind character varying(120) NOT NULL,
    purpose jsonb NOT NULL,
    website character varying(500) NOT NULL,
    source_key character varying(120) NOT NULL,
    latitude double precision,
    longitude double precision,
    radius integer,
    note text NOT NULL,
    place_id integer,
    phone character varying(200) NOT NULL,
    postal_address character varying(300) NOT NULL,
    reading character varying(300) NOT NULL,
    audience jsonb NOT NULL,
    languages character varying(12)[] NOT NULL,
    CONSTRAINT network_organisation_radius_check CHECK ((radius >= 0)),
    CONSTRAINT network_organisation_version_check CHECK ((version >= 0))
);
CREATE TABLE public.network_organisation_communities (
    id bigint NOT NULL,
    organisation_id uuid NOT NULL,
    community_id uuid NOT NULL
);
ALTER TABLE public.network_organisation_communities ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.network_organisation_communities_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.network_pick (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    reach_added bigint NOT NULL,
    reach_so_far bigint NOT NULL,
    spaces_open integer NOT NULL,
    communities_bridged uuid[] NOT NULL,
    actor_id uuid NOT NULL,
    community_id uuid,
    CONSTRAINT network_pick_position_check CHECK (("position" >= 0)),
    CONSTRAINT network_pick_reach_added_check CHECK ((reach_added >= 0)),
    CONSTRAINT network_pick_reach_so_far_check CHECK ((reach_so_far >= 0)),
    CONSTRAINT network_pick_spaces_open_check CHECK ((spaces_open >= 0))
);
ALTER TABLE public.network_pick ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.network_pick_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.network_profile (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    name character varying(200) NOT NULL,
    address character varying(500) NOT NULL,
    state character varying(10) NOT NULL,
    state_since timestamp with time zone,
    note text NOT NULL,
    platform_id character varying(24) NOT NULL,
    staff_id uuid,
    also character varying(500)[] NOT NULL,
    CONSTRAINT network_profile_version_check CHECK ((version >= 0))
);
CREATE TABLE public.network_relocation (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    day date NOT NULL,
    new_id uuid NOT NULL,
    old_id uuid NOT NULL
);
CREATE TABLE public.network_rhythm (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    outcome character varying(10) NOT NULL,
    days smallint,
    CONSTRAINT network_rhythm_days_check CHECK ((days >= 0))
);
CREATE TABLE public.network_role (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    role character varying(14) NOT NULL,
    since date,
    until date,
    evidence character varying(300) NOT NULL,
    actor_id uuid NOT NULL,
    organisation_id uuid,
    space_id uuid,
    CONSTRAINT role_in_space_or_organisation CHECK ((((space_id IS NULL) OR (organisation_id IS NULL)) AND (1 = (
CASE
    WHEN (space_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (organisation_id IS NULL) THEN 1
    ELSE 0
END))))
);
CREATE TABLE public.network_snapshot (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    day date NOT NULL,
    members integer,
    posts integer,
    source character varying(8) NOT NULL,
    space_id uuid NOT NULL,
    CONSTRAINT network_snapshot_members_check CHECK ((members >= 0)),
    CONSTRAINT network_snapshot_posts_check CHECK ((posts >= 0)),
    CONSTRAINT snapshot_says_something CHECK ((NOT ((members IS NULL) AND (posts IS NULL))))
);
CREATE TABLE public.network_space (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    name character varying(300) NOT NULL,
    sorting character varying(200) NOT NULL COLLATE pg_catalog."C",
    short_name character varying(120) NOT NULL,
    name_language character varying(12) NOT NULL,
    space_kind character varying(10) NOT NULL,
    address character varying(500) NOT NULL,
    source_key character varying(120) NOT NULL,
    members integer,
    members_counted_on date,
    audience character varying(300) NOT NULL,
    content text NOT NULL,
    visibility character varying(8) NOT NULL,
    women_only boolean NOT NULL,
    rules text NOT NULL,
    link_policy character varying(4) NOT NULL,
    post_approval character varying(4) NOT NULL,
    state character varying(12) NOT NULL,
    state_since timestamp with time zone,
    state_reason character varying(300) NOT NULL,
    checked_at timestamp with time zone,
    check_due date,
    administrator_count integer NOT NULL,
    language_id character varying(12),
    place_id integer,
    platform_id character varying(24) NOT NULL,
    CONSTRAINT network_space_administrator_count_check CHECK ((administrator_count >= 0)),
    CONSTRAINT network_space_members_check CHECK ((members >= 0)),
    CONSTRAINT network_space_version_check CHECK ((version >= 0))
);
CREATE TABLE public.network_space_communities (
    id bigint NOT NULL,
    space_id uuid NOT NULL,
    community_id uuid NOT NULL
);
ALTER TABLE public.network_space_communities ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.network_space_communities_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.network_spot (
    record_id uuid NOT NULL,
    record_kind character varying(60) NOT NULL,
    x double precision NOT NULL,
    y double precision NOT NULL
);
CREATE TABLE public.network_suspect (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    record_kind character varying(60) NOT NULL,
    one_id uuid NOT NULL,
    other_id uuid NOT NULL,
    score double precision NOT NULL,
    reasons character varying(10)[] NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id uuid,
    CONSTRAINT suspect_in_order CHECK ((one_id < other_id))
);
CREATE TABLE public.network_tie (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    one_kind character varying(60) NOT NULL,
    one_id uuid NOT NULL,
    other_kind character varying(60) NOT NULL,
    other_id uuid NOT NULL,
    what character varying(200) NOT NULL
);
CREATE TABLE public.people_absence (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    starts date NOT NULL,
    ends date NOT NULL,
    staff_id uuid NOT NULL,
    stand_in_id uuid,
    CONSTRAINT absence_another_stands_in CHECK ((NOT ((stand_in_id = staff_id) AND (stand_in_id IS NOT NULL)))),
    CONSTRAINT absence_in_order CHECK ((ends >= starts))
);
CREATE TABLE public.people_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL,
    device character varying(60) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    staff_id uuid
);
CREATE TABLE public.people_staff (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(120) NOT NULL,
    roles character varying(24)[] NOT NULL,
    language character varying(12) NOT NULL,
    spoken character varying(12)[] NOT NULL,
    time_zone character varying(64) NOT NULL,
    theme character varying(20) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    away_until date,
    covered_by_id uuid,
    invited_until timestamp with time zone,
    wants_reminders boolean NOT NULL,
    working_days smallint[] NOT NULL
);
CREATE TABLE public.people_tally (
    key character varying(64) NOT NULL,
    count integer NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    CONSTRAINT people_tally_count_check CHECK ((count >= 0))
);
CREATE TABLE public.post_hold (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    released_by uuid
);
CREATE TABLE public.post_message (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    template character varying(80) NOT NULL,
    context jsonb NOT NULL,
    secret jsonb NOT NULL,
    language character varying(12) NOT NULL,
    channel character varying(8) NOT NULL,
    to_kind character varying(60) NOT NULL,
    to_id uuid NOT NULL,
    address character varying(320) NOT NULL,
    chat_url character varying(500) NOT NULL,
    about_kind character varying(60) NOT NULL,
    about_id uuid,
    occasion character varying(160) NOT NULL,
    owner_id uuid,
    calendar text NOT NULL,
    calendar_method character varying(16) NOT NULL,
    state character varying(10) NOT NULL,
    attempts smallint NOT NULL,
    problem character varying(200) NOT NULL,
    due_at timestamp with time zone,
    sent_at timestamp with time zone,
    shown text NOT NULL,
    reference character varying(32) NOT NULL,
    tells boolean NOT NULL,
    CONSTRAINT post_message_attempts_check CHECK ((attempts >= 0))
);
CREATE TABLE public.retention_kept (
    key character varying(30) NOT NULL,
    number smallint,
    ran_at timestamp with time zone,
    gone integer NOT NULL,
    gone_ever bigint NOT NULL,
    CONSTRAINT retention_kept_gone_check CHECK ((gone >= 0)),
    CONSTRAINT retention_kept_gone_ever_check CHECK ((gone_ever >= 0)),
    CONSTRAINT retention_kept_number_check CHECK ((number >= 0))
);
CREATE TABLE public.search_frequency (
    key integer NOT NULL,
    names integer NOT NULL,
    CONSTRAINT search_frequency_names_check CHECK ((names >= 0))
);
CREATE TABLE public.search_name (
    id integer NOT NULL,
    record_kind character varying(60) NOT NULL,
    record_id uuid NOT NULL,
    text character varying(300) NOT NULL,
    folded character varying(300) NOT NULL COLLATE pg_catalog."C",
    keys integer[] NOT NULL
);
ALTER TABLE public.search_name ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_name_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_posting (
    key integer NOT NULL,
    name_id integer NOT NULL
);
CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id uuid NOT NULL
);
ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);
ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);
ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tasks_task (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    title character varying(300) NOT NULL,
    language character varying(12) NOT NULL,
    note text NOT NULL,
    state character varying(8) NOT NULL,
    promised_by_kind character varying(60) NOT NULL,
    promised_by_id uuid,
    due date,
    about_kind character varying(60) NOT NULL,
    about_id uuid,
    done_at timestamp with time zone,
    checked_by_id uuid,
    created_by_id uuid,
    done_by_id uuid,
    owner_id uuid,
    CONSTRAINT tasks_task_version_check CHECK ((version >= 0))
);
CREATE TABLE public.upkeep_backup (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version character varying(40) NOT NULL,
    size bigint NOT NULL,
    rows bigint NOT NULL,
    files bigint NOT NULL,
    encrypted boolean NOT NULL
);
CREATE TABLE public.upkeep_erasure (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    record_kind character varying(60) NOT NULL,
    record_id uuid NOT NULL,
    which text[] DEFAULT '{}'::text[] NOT NULL
);
CREATE TABLE public.vocabulary_language (
    tag character varying(12) NOT NULL,
    own_name character varying(60) NOT NULL,
    names jsonb NOT NULL,
    scripts character varying(4)[] NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT vocabulary_language_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.vocabulary_place (
    geoname integer NOT NULL,
    name character varying(120) NOT NULL,
    names jsonb NOT NULL,
    country character varying(2) NOT NULL,
    state character varying(60) NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    population integer NOT NULL,
    CONSTRAINT vocabulary_place_geoname_check CHECK ((geoname >= 0)),
    CONSTRAINT vocabulary_place_population_check CHECK ((population >= 0))
);
CREATE TABLE public.vocabulary_platform (
    key character varying(24) NOT NULL,
    name character varying(60) NOT NULL,
    kinds character varying(16)[] NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT vocabulary_platform_position_check CHECK (("position" >= 0))
);
CREATE TABLE public.vocabulary_topic (
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    key character varying(60) NOT NULL,
    names jsonb NOT NULL,
    synonyms jsonb NOT NULL,
    women_specific boolean NOT NULL,
    "position" smallint NOT NULL,
    parent_id uuid,
    CONSTRAINT vocabulary_topic_position_check CHECK (("position" >= 0)),
    CONSTRAINT vocabulary_topic_version_check CHECK ((version >= 0))
);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_agendaitem
    ADD CONSTRAINT agenda_position_once UNIQUE (meeting_id, "position") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreement_version_once UNIQUE (agreement_id, number);
ALTER TABLE ONLY public.agreements_agreement
    ADD CONSTRAINT agreements_agreement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_agreement_spaces
    ADD CONSTRAINT agreements_agreement_spaces_agreement_id_space_id_517fc1d7_uniq UNIQUE (agreement_id, space_id);
ALTER TABLE ONLY public.agreements_agreement_spaces
    ADD CONSTRAINT agreements_agreement_spaces_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_agreement_topics
    ADD CONSTRAINT agreements_agreement_topics_agreement_id_topic_id_e10210de_uniq UNIQUE (agreement_id, topic_id);
ALTER TABLE ONLY public.agreements_agreement_topics
    ADD CONSTRAINT agreements_agreement_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreements_agreementversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_clause
    ADD CONSTRAINT agreements_clause_key_key UNIQUE (key);
ALTER TABLE ONLY public.agreements_clause
    ADD CONSTRAINT agreements_clause_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_clause_topics
    ADD CONSTRAINT agreements_clause_topics_clause_id_topic_id_3c6851a5_uniq UNIQUE (clause_id, topic_id);
ALTER TABLE ONLY public.agreements_clause_topics
    ADD CONSTRAINT agreements_clause_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_clauseversion
    ADD CONSTRAINT agreements_clauseversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_commitment
    ADD CONSTRAINT agreements_commitment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_evidence
    ADD CONSTRAINT agreements_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_grantedright
    ADD CONSTRAINT agreements_grantedright_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_keeping
    ADD CONSTRAINT agreements_keeping_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_measure
    ADD CONSTRAINT agreements_measure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_offer
    ADD CONSTRAINT agreements_offer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_party
    ADD CONSTRAINT agreements_party_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_remark
    ADD CONSTRAINT agreements_remark_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_succession_others
    ADD CONSTRAINT agreements_succession_ot_succession_id_actor_id_80b3ff90_uniq UNIQUE (succession_id, actor_id);
ALTER TABLE ONLY public.agreements_succession_others
    ADD CONSTRAINT agreements_succession_others_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_succession
    ADD CONSTRAINT agreements_succession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_threshold
    ADD CONSTRAINT agreements_threshold_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.agreements_use
    ADD CONSTRAINT agreements_use_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_alias
    ADD CONSTRAINT alias_once UNIQUE (kind, key);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_calendarreply
    ADD CONSTRAINT calendar_reply_once UNIQUE (invitation_id, digest);
ALTER TABLE ONLY public.network_channel
    ADD CONSTRAINT channel_once UNIQUE (actor_id, channel_kind, value);
ALTER TABLE ONLY public.agreements_clauseversion
    ADD CONSTRAINT clause_version_once UNIQUE (clause_id, number);
ALTER TABLE ONLY public.meetings_contribution
    ADD CONSTRAINT contribution_seq_once UNIQUE (meeting_id, seq);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.upkeep_erasure
    ADD CONSTRAINT erasure_once UNIQUE (record_kind, record_id);
ALTER TABLE ONLY public.agreements_evidence
    ADD CONSTRAINT evidence_once UNIQUE (agreement_id, file);
ALTER TABLE ONLY public.meetings_guesttext
    ADD CONSTRAINT guest_text_revision_once UNIQUE (purpose, language, revision);
ALTER TABLE ONLY public.post_hold
    ADD CONSTRAINT hold_one_at_a_time UNIQUE NULLS NOT DISTINCT (released_at);
ALTER TABLE ONLY public.intake_alias
    ADD CONSTRAINT intake_alias_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_import
    ADD CONSTRAINT intake_import_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_memory
    ADD CONSTRAINT intake_memory_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_result
    ADD CONSTRAINT intake_result_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_row
    ADD CONSTRAINT intake_row_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_stamp
    ADD CONSTRAINT intake_stamp_pkey PRIMARY KEY (record_id);
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT invitation_actor_once UNIQUE (meeting_id, actor_id);
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT invitation_staff_once UNIQUE (meeting_id, staff_id);
ALTER TABLE ONLY public.journal_entry
    ADD CONSTRAINT journal_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.journal_origin
    ADD CONSTRAINT journal_origin_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.journal_touched
    ADD CONSTRAINT journal_touched_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_keeping
    ADD CONSTRAINT keeping_once UNIQUE (commitment_id, due);
ALTER TABLE ONLY public.links_link
    ADD CONSTRAINT links_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.links_link
    ADD CONSTRAINT links_link_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.agreements_measure
    ADD CONSTRAINT measure_once_a_day UNIQUE (agreement_id, topic_id, measure_kind, done_on);
ALTER TABLE ONLY public.meetings_agendaitem
    ADD CONSTRAINT meetings_agendaitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_agendaitem_promises
    ADD CONSTRAINT meetings_agendaitem_prom_agendaitem_id_task_id_7475a722_uniq UNIQUE (agendaitem_id, task_id);
ALTER TABLE ONLY public.meetings_agendaitem_promises
    ADD CONSTRAINT meetings_agendaitem_promises_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_agendatopic
    ADD CONSTRAINT meetings_agendatopic_key_key UNIQUE (key);
ALTER TABLE ONLY public.meetings_agendatopic
    ADD CONSTRAINT meetings_agendatopic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_ballot
    ADD CONSTRAINT meetings_ballot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_calendarreply
    ADD CONSTRAINT meetings_calendarreply_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_contribution
    ADD CONSTRAINT meetings_contribution_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_correction
    ADD CONSTRAINT meetings_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_datepoll
    ADD CONSTRAINT meetings_datepoll_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_evaluation
    ADD CONSTRAINT meetings_evaluation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_guesttext
    ADD CONSTRAINT meetings_guesttext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT meetings_invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT meetings_invitation_uid_key UNIQUE (uid);
ALTER TABLE ONLY public.meetings_meeting_communities
    ADD CONSTRAINT meetings_meeting_communi_meeting_id_community_id_802810a9_uniq UNIQUE (meeting_id, community_id);
ALTER TABLE ONLY public.meetings_meeting_communities
    ADD CONSTRAINT meetings_meeting_communities_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_meeting_hosts
    ADD CONSTRAINT meetings_meeting_hosts_meeting_id_staff_id_e59d3727_uniq UNIQUE (meeting_id, staff_id);
ALTER TABLE ONLY public.meetings_meeting_hosts
    ADD CONSTRAINT meetings_meeting_hosts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_meeting
    ADD CONSTRAINT meetings_meeting_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_minutes
    ADD CONSTRAINT meetings_minutes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_needs
    ADD CONSTRAINT meetings_needs_invitation_id_key UNIQUE (invitation_id);
ALTER TABLE ONLY public.meetings_needs
    ADD CONSTRAINT meetings_needs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_pollguest
    ADD CONSTRAINT meetings_pollguest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_pollmoment
    ADD CONSTRAINT meetings_pollmoment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_presentation
    ADD CONSTRAINT meetings_presentation_item_id_key UNIQUE (item_id);
ALTER TABLE ONLY public.meetings_presentation
    ADD CONSTRAINT meetings_presentation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_series_communities
    ADD CONSTRAINT meetings_series_communit_series_id_community_id_ca598eb4_uniq UNIQUE (series_id, community_id);
ALTER TABLE ONLY public.meetings_series_communities
    ADD CONSTRAINT meetings_series_communities_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_series
    ADD CONSTRAINT meetings_series_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_smallgroup
    ADD CONSTRAINT meetings_smallgroup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_smallgroup_takers
    ADD CONSTRAINT meetings_smallgroup_takers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_smallgroup_takers
    ADD CONSTRAINT meetings_smallgroup_takers_smallgroup_id_staff_id_34ad7656_uniq UNIQUE (smallgroup_id, staff_id);
ALTER TABLE ONLY public.meetings_statement
    ADD CONSTRAINT meetings_statement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_statementwords
    ADD CONSTRAINT meetings_statementwords_pkey PRIMARY KEY (statement_id);
ALTER TABLE ONLY public.meetings_wave
    ADD CONSTRAINT meetings_wave_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_writing
    ADD CONSTRAINT meetings_writing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.intake_memory
    ADD CONSTRAINT memory_once UNIQUE (target, signature);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_minutes
    ADD CONSTRAINT minutes_revision_once UNIQUE (meeting_id, language, revision);
ALTER TABLE ONLY public.network_actor
    ADD CONSTRAINT network_actor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_channel
    ADD CONSTRAINT network_channel_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_community_counsellors
    ADD CONSTRAINT network_community_counse_community_id_staff_id_8444f54d_uniq UNIQUE (community_id, staff_id);
ALTER TABLE ONLY public.network_community_counsellors
    ADD CONSTRAINT network_community_counsellors_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_community
    ADD CONSTRAINT network_community_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_community_platforms
    ADD CONSTRAINT network_community_platfo_community_id_platform_id_a7003c3b_uniq UNIQUE (community_id, platform_id);
ALTER TABLE ONLY public.network_community_platforms
    ADD CONSTRAINT network_community_platforms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_contact
    ADD CONSTRAINT network_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_feed
    ADD CONSTRAINT network_feed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_feed
    ADD CONSTRAINT network_feed_space_id_key UNIQUE (space_id);
ALTER TABLE ONLY public.network_handout
    ADD CONSTRAINT network_handout_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_look
    ADD CONSTRAINT network_look_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_merge
    ADD CONSTRAINT network_merge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_opening
    ADD CONSTRAINT network_opening_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_organisation_communities
    ADD CONSTRAINT network_organisation_com_organisation_id_communit_4dc10224_uniq UNIQUE (organisation_id, community_id);
ALTER TABLE ONLY public.network_organisation_communities
    ADD CONSTRAINT network_organisation_communities_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_organisation
    ADD CONSTRAINT network_organisation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_pick
    ADD CONSTRAINT network_pick_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_profile
    ADD CONSTRAINT network_profile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_relocation
    ADD CONSTRAINT network_relocation_old_id_key UNIQUE (old_id);
ALTER TABLE ONLY public.network_relocation
    ADD CONSTRAINT network_relocation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_rhythm
    ADD CONSTRAINT network_rhythm_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_role
    ADD CONSTRAINT network_role_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_snapshot
    ADD CONSTRAINT network_snapshot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_space_communities
    ADD CONSTRAINT network_space_communities_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_space_communities
    ADD CONSTRAINT network_space_communities_space_id_community_id_8388ec69_uniq UNIQUE (space_id, community_id);
ALTER TABLE ONLY public.network_space
    ADD CONSTRAINT network_space_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_spot
    ADD CONSTRAINT network_spot_pkey PRIMARY KEY (record_id);
ALTER TABLE ONLY public.network_suspect
    ADD CONSTRAINT network_suspect_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_tie
    ADD CONSTRAINT network_tie_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreements_offer
    ADD CONSTRAINT offer_once UNIQUE (version_id, party_id);
ALTER TABLE ONLY public.network_opening
    ADD CONSTRAINT opening_once UNIQUE (language);
ALTER TABLE ONLY public.journal_origin
    ADD CONSTRAINT origin_once UNIQUE (source_id, result_id);
ALTER TABLE ONLY public.people_absence
    ADD CONSTRAINT people_absence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_session
    ADD CONSTRAINT people_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.people_staff
    ADD CONSTRAINT people_staff_email_key UNIQUE (email);
ALTER TABLE ONLY public.people_staff
    ADD CONSTRAINT people_staff_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_tally
    ADD CONSTRAINT people_tally_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.meetings_pollguest
    ADD CONSTRAINT poll_actor_once UNIQUE (poll_id, actor_id);
ALTER TABLE ONLY public.meetings_pollmoment
    ADD CONSTRAINT poll_moment_once UNIQUE (poll_id, starts);
ALTER TABLE ONLY public.meetings_pollguest
    ADD CONSTRAINT poll_staff_once UNIQUE (poll_id, staff_id);
ALTER TABLE ONLY public.post_hold
    ADD CONSTRAINT post_hold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.post_message
    ADD CONSTRAINT post_message_occasion_key UNIQUE (occasion);
ALTER TABLE ONLY public.post_message
    ADD CONSTRAINT post_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.retention_kept
    ADD CONSTRAINT retention_kept_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.network_rhythm
    ADD CONSTRAINT rhythm_once UNIQUE (outcome);
ALTER TABLE ONLY public.intake_row
    ADD CONSTRAINT row_number_once UNIQUE (file_id, number);
ALTER TABLE ONLY public.search_frequency
    ADD CONSTRAINT search_frequency_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.search_name
    ADD CONSTRAINT search_name_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_posting
    ADD CONSTRAINT search_posting_pkey PRIMARY KEY (key, name_id);
ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT signature_once UNIQUE (version_id, party_id);
ALTER TABLE ONLY public.meetings_smallgroup
    ADD CONSTRAINT small_group_once UNIQUE (meeting_id, round, number);
ALTER TABLE ONLY public.network_snapshot
    ADD CONSTRAINT snapshot_once UNIQUE (space_id, day, source);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);
ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_statement
    ADD CONSTRAINT statement_seq_once UNIQUE (meeting_id, seq);
ALTER TABLE ONLY public.network_suspect
    ADD CONSTRAINT suspect_once UNIQUE (one_id, other_id);
ALTER TABLE ONLY public.tasks_task
    ADD CONSTRAINT tasks_task_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.network_tie
    ADD CONSTRAINT tie_once UNIQUE (one_id, other_id);
ALTER TABLE ONLY public.journal_touched
    ADD CONSTRAINT touched_once UNIQUE (entry_id, record_id);
ALTER TABLE ONLY public.upkeep_backup
    ADD CONSTRAINT upkeep_backup_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.upkeep_erasure
    ADD CONSTRAINT upkeep_erasure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.vocabulary_language
    ADD CONSTRAINT vocabulary_language_pkey PRIMARY KEY (tag);
ALTER TABLE ONLY public.vocabulary_place
    ADD CONSTRAINT vocabulary_place_pkey PRIMARY KEY (geoname);
ALTER TABLE ONLY public.vocabulary_platform
    ADD CONSTRAINT vocabulary_platform_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.vocabulary_topic
    ADD CONSTRAINT vocabulary_topic_key_key UNIQUE (key);
ALTER TABLE ONLY public.vocabulary_topic
    ADD CONSTRAINT vocabulary_topic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.meetings_wave
    ADD CONSTRAINT wave_number_once UNIQUE (meeting_id, number);
ALTER TABLE ONLY public.meetings_writing
    ADD CONSTRAINT writing_once UNIQUE (meeting_id, staff_id);
CREATE INDEX absence_ends ON public.people_absence USING btree (ends);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX actor_next_touch ON public.network_actor USING btree (next_touch);
CREATE INDEX actor_owner ON public.network_actor USING btree (owner_id);
CREATE INDEX actor_reach ON public.network_actor USING btree (potential_reach DESC, id DESC);
CREATE INDEX actor_sorting ON public.network_actor USING btree (sorting, id);
CREATE UNIQUE INDEX actor_source_once ON public.network_actor USING btree (source_key) WHERE (NOT ((source_key)::text = ''::text));
CREATE INDEX actor_standing ON public.network_actor USING btree (standing, sorting, id);
CREATE INDEX actor_telling ON public.network_actor USING btree (telling_at) WHERE ((telling_at IS NOT NULL) AND (told_at IS NULL));
CREATE INDEX actor_told ON public.network_actor USING btree (told_at, id) WHERE (erased_at IS NULL);
CREATE INDEX actor_untold ON public.network_actor USING btree (created_at, id) WHERE ((consent_at IS NULL) AND (erased_at IS NULL) AND (NOT not_a_person) AND (telling_at IS NULL) AND (told_at IS NULL));
CREATE INDEX agreement_ends ON public.agreements_agreement USING btree (ends_on, id) WHERE (ends_on IS NOT NULL);
CREATE UNIQUE INDEX agreement_one_open_version ON public.agreements_agreementversion USING btree (agreement_id) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'offered'::character varying])::text[]));
CREATE INDEX agreement_review ON public.agreements_agreement USING btree (review_on, id);
CREATE INDEX agreement_since ON public.agreements_agreement USING btree (state_since DESC, id DESC);
CREATE INDEX agreement_sorting ON public.agreements_agreement USING btree (sorting, id);
CREATE INDEX agreement_state ON public.agreements_agreement USING btree (state, sorting, id);
CREATE INDEX agreements_agreement_current_id_649a5181 ON public.agreements_agreement USING btree (current_id);
CREATE INDEX agreements_agreement_owner_id_f1fedad5 ON public.agreements_agreement USING btree (owner_id);
CREATE INDEX agreements_agreement_replaced_by_id_caa0aa60 ON public.agreements_agreement USING btree (replaced_by_id);
CREATE INDEX agreements_agreement_spaces_agreement_id_f18a5396 ON public.agreements_agreement_spaces USING btree (agreement_id);
CREATE INDEX agreements_agreement_spaces_space_id_38cfdaa6 ON public.agreements_agreement_spaces USING btree (space_id);
CREATE INDEX agreements_agreement_topics_agreement_id_21347496 ON public.agreements_agreement_topics USING btree (agreement_id);
CREATE INDEX agreements_agreement_topics_topic_id_9410c14d ON public.agreements_agreement_topics USING btree (topic_id);
CREATE INDEX agreements_agreementversion_agreement_id_21b78fb4 ON public.agreements_agreementversion USING btree (agreement_id);
CREATE INDEX agreements_clause_key_72dcf909_like ON public.agreements_clause USING btree (key varchar_pattern_ops);
CREATE INDEX agreements_clause_topics_clause_id_a2c5871e ON public.agreements_clause_topics USING btree (clause_id);
CREATE INDEX agreements_clause_topics_topic_id_8b07a851 ON public.agreements_clause_topics USING btree (topic_id);
CREATE INDEX agreements_clauseversion_clause_id_95b2504b ON public.agreements_clauseversion USING btree (clause_id);
CREATE INDEX agreements_clauseversion_written_by_id_87f12039 ON public.agreements_clauseversion USING btree (written_by_id);
CREATE INDEX agreements_commitment_agreement_id_0fd443d1 ON public.agreements_commitment USING btree (agreement_id);
CREATE INDEX agreements_commitment_owner_id_6ceac548 ON public.agreements_commitment USING btree (owner_id);
CREATE INDEX agreements_commitment_party_id_6b6acabd ON public.agreements_commitment USING btree (party_id);
CREATE INDEX agreements_evidence_agreement_id_a05097ca ON public.agreements_evidence USING btree (agreement_id);
CREATE INDEX agreements_evidence_kept_by_id_73b0c45e ON public.agreements_evidence USING btree (kept_by_id);
CREATE INDEX agreements_evidence_signature_id_a0b12541 ON public.agreements_evidence USING btree (signature_id);
CREATE INDEX agreements_grantedright_agreement_id_b70e0b51 ON public.agreements_grantedright USING btree (agreement_id);
CREATE INDEX agreements_grantedright_profile_id_dac00e76 ON public.agreements_grantedright USING btree (profile_id);
CREATE INDEX agreements_grantedright_seen_by_id_1243edc1 ON public.agreements_grantedright USING btree (seen_by_id);
CREATE INDEX agreements_grantedright_space_id_34255cc8 ON public.agreements_grantedright USING btree (space_id);
CREATE INDEX agreements_keeping_commitment_id_daca6d17 ON public.agreements_keeping USING btree (commitment_id);
CREATE INDEX agreements_keeping_noted_by_id_90e6ed8b ON public.agreements_keeping USING btree (noted_by_id);
CREATE INDEX agreements_measure_agreement_id_708077f5 ON public.agreements_measure USING btree (agreement_id);
CREATE INDEX agreements_measure_noted_by_id_eeb206b6 ON public.agreements_measure USING btree (noted_by_id);
CREATE INDEX agreements_measure_topic_id_4855ac8a ON public.agreements_measure USING btree (topic_id);
CREATE INDEX agreements_offer_party_id_a713bfb3 ON public.agreements_offer USING btree (party_id);
CREATE INDEX agreements_offer_version_id_cc7be9c7 ON public.agreements_offer USING btree (version_id);
CREATE INDEX agreements_party_actor_id_c0b9cb08 ON public.agreements_party USING btree (actor_id);
CREATE INDEX agreements_party_agreement_id_14d67e53 ON public.agreements_party USING btree (agreement_id);
CREATE INDEX agreements_party_organisation_id_23b9256d ON public.agreements_party USING btree (organisation_id);
CREATE INDEX agreements_remark_agreement_id_3142a978 ON public.agreements_remark USING btree (agreement_id);
CREATE INDEX agreements_remark_party_id_60eeb5cc ON public.agreements_remark USING btree (party_id);
CREATE INDEX agreements_remark_staff_id_6432dddf ON public.agreements_remark USING btree (staff_id);
CREATE INDEX agreements_remark_version_id_f09d66e2 ON public.agreements_remark USING btree (version_id);
CREATE INDEX agreements_signature_noted_by_id_759f7002 ON public.agreements_signature USING btree (noted_by_id);
CREATE INDEX agreements_signature_party_id_fa205554 ON public.agreements_signature USING btree (party_id);
CREATE INDEX agreements_signature_version_id_2f1874b6 ON public.agreements_signature USING btree (version_id);
CREATE INDEX agreements_succession_actor_id_01a09395 ON public.agreements_succession USING btree (actor_id);
CREATE INDEX agreements_succession_others_actor_id_f41da235 ON public.agreements_succession_others USING btree (actor_id);
CREATE INDEX agreements_succession_others_succession_id_3e2a5b49 ON public.agreements_succession_others USING btree (succession_id);
CREATE INDEX agreements_succession_owner_id_ddc1e50e ON public.agreements_succession USING btree (owner_id);
CREATE INDEX agreements_threshold_key_ac75739f_like ON public.agreements_threshold USING btree (key varchar_pattern_ops);
CREATE INDEX agreements_use_right_id_d51bdef2 ON public.agreements_use USING btree (right_id);
CREATE INDEX agreements_use_staff_id_dd3c2f67 ON public.agreements_use USING btree (staff_id);
CREATE INDEX alias_record ON public.intake_alias USING btree (record_id);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX backup_newest ON public.upkeep_backup USING btree (created_at DESC);
CREATE INDEX commitment_due ON public.agreements_commitment USING btree (due, id) WHERE ((state)::text = 'open'::text);
CREATE INDEX correction_state ON public.meetings_correction USING btree (meeting_id, state);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX entry_by_link ON public.journal_entry USING btree (agent_id) WHERE ((agent_kind)::text = 'link'::text);
CREATE INDEX entry_verb ON public.journal_entry USING btree (verb, id DESC);
CREATE INDEX feed_due ON public.network_feed USING btree (next_fetch) WHERE (next_fetch IS NOT NULL);
CREATE INDEX intake_import_by_id_26a27a6a ON public.intake_import USING btree (by_id);
CREATE INDEX intake_result_file_id_49b4bf29 ON public.intake_result USING btree (file_id);
CREATE INDEX intake_row_file_id_0f939206 ON public.intake_row USING btree (file_id);
CREATE INDEX invitation_offered ON public.meetings_invitation USING btree (offered_until) WHERE (offered_until IS NOT NULL);
CREATE INDEX invitation_state ON public.meetings_invitation USING btree (meeting_id, state);
CREATE INDEX journal_touched_entry_id_451e50fa ON public.journal_touched USING btree (entry_id);
CREATE INDEX link_holder ON public.links_link USING btree (holder_id);
CREATE INDEX link_subject ON public.links_link USING btree (subject_id);
CREATE INDEX links_link_token_hash_3722c639_like ON public.links_link USING btree (token_hash varchar_pattern_ops);
CREATE INDEX look_at ON public.network_look USING btree (at);
CREATE INDEX look_staff ON public.network_look USING btree (staff_id, at DESC);
CREATE INDEX measure_of_topic ON public.agreements_measure USING btree (topic_id, done_on DESC);
CREATE UNIQUE INDEX meeting_calendar_key ON public.meetings_meeting USING btree (calendar_key) WHERE (NOT ((calendar_key)::text = ''::text));
CREATE INDEX meeting_starts ON public.meetings_meeting USING btree (starts DESC, id);
CREATE INDEX meeting_state ON public.meetings_meeting USING btree (state, starts DESC);
CREATE INDEX meetings_agendaitem_meeting_id_07815bb0 ON public.meetings_agendaitem USING btree (meeting_id);
CREATE INDEX meetings_agendaitem_promises_agendaitem_id_e6e7d598 ON public.meetings_agendaitem_promises USING btree (agendaitem_id);
CREATE INDEX meetings_agendaitem_promises_task_id_717095df ON public.meetings_agendaitem_promises USING btree (task_id);
CREATE INDEX meetings_agendaitem_topic_id_81daf529 ON public.meetings_agendaitem USING btree (topic_id);
CREATE INDEX meetings_agendatopic_key_365debae_like ON public.meetings_agendatopic USING btree (key varchar_pattern_ops);
CREATE INDEX meetings_ballot_meeting_id_0d168bbe ON public.meetings_ballot USING btree (meeting_id);
CREATE INDEX meetings_calendarreply_invitation_id_646abeb8 ON public.meetings_calendarreply USING btree (invitation_id);
CREATE INDEX meetings_contribution_decided_by_id_9958e207 ON public.meetings_contribution USING btree (decided_by_id);
CREATE INDEX meetings_contribution_group_id_c8b289c4 ON public.meetings_contribution USING btree (group_id);
CREATE INDEX meetings_contribution_invitation_id_0ca2d4fe ON public.meetings_contribution USING btree (invitation_id);
CREATE INDEX meetings_contribution_item_id_d6a1317f ON public.meetings_contribution USING btree (item_id);
CREATE INDEX meetings_contribution_meeting_id_b12f9d0d ON public.meetings_contribution USING btree (meeting_id);
CREATE INDEX meetings_correction_invitation_id_9cb13e98 ON public.meetings_correction USING btree (invitation_id);
CREATE INDEX meetings_correction_meeting_id_4e96673a ON public.meetings_correction USING btree (meeting_id);
CREATE INDEX meetings_correction_statement_id_9291c2d4 ON public.meetings_correction USING btree (statement_id);
CREATE INDEX meetings_datepoll_chosen_id_8cb5927b ON public.meetings_datepoll USING btree (chosen_id);
CREATE INDEX meetings_datepoll_meeting_id_a8360565 ON public.meetings_datepoll USING btree (meeting_id);
CREATE INDEX meetings_datepoll_task_id_082f64cd ON public.meetings_datepoll USING btree (task_id);
CREATE INDEX meetings_evaluation_meeting_id_076f369b ON public.meetings_evaluation USING btree (meeting_id);
CREATE INDEX meetings_guesttext_written_by_id_f24af76b ON public.meetings_guesttext USING btree (written_by_id);
CREATE INDEX meetings_invitation_actor_id_dae30e8f ON public.meetings_invitation USING btree (actor_id);
CREATE INDEX meetings_invitation_meeting_id_2a4c9253 ON public.meetings_invitation USING btree (meeting_id);
CREATE INDEX meetings_invitation_organisation_id_bd3f114d ON public.meetings_invitation USING btree (organisation_id);
CREATE INDEX meetings_invitation_staff_id_9c24ff36 ON public.meetings_invitation USING btree (staff_id);
CREATE INDEX meetings_invitation_uid_e2665ee2_like ON public.meetings_invitation USING btree (uid varchar_pattern_ops);
CREATE INDEX meetings_invitation_wave_id_643e3438 ON public.meetings_invitation USING btree (wave_id);
CREATE INDEX meetings_meeting_communities_community_id_0274ab6b ON public.meetings_meeting_communities USING btree (community_id);
CREATE INDEX meetings_meeting_communities_meeting_id_44a2168c ON public.meetings_meeting_communities USING btree (meeting_id);
CREATE INDEX meetings_meeting_current_item_id_359e83fd ON public.meetings_meeting USING btree (current_item_id);
CREATE INDEX meetings_meeting_hosts_meeting_id_dc1971ca ON public.meetings_meeting_hosts USING btree (meeting_id);
CREATE INDEX meetings_meeting_hosts_staff_id_098dd8e0 ON public.meetings_meeting_hosts USING btree (staff_id);
CREATE INDEX meetings_meeting_series_id_4c28ba88 ON public.meetings_meeting USING btree (series_id);
CREATE INDEX meetings_minutes_meeting_id_09b7a17e ON public.meetings_minutes USING btree (meeting_id);
CREATE INDEX meetings_pollguest_actor_id_cc6f7cc2 ON public.meetings_pollguest USING btree (actor_id);
CREATE INDEX meetings_pollguest_poll_id_3b062761 ON public.meetings_pollguest USING btree (poll_id);
CREATE INDEX meetings_pollguest_staff_id_9f01e985 ON public.meetings_pollguest USING btree (staff_id);
CREATE INDEX meetings_pollmoment_poll_id_a61e6474 ON public.meetings_pollmoment USING btree (poll_id);
CREATE INDEX meetings_presentation_organisation_id_ff1935f3 ON public.meetings_presentation USING btree (organisation_id);
CREATE INDEX meetings_series_communities_community_id_87827b52 ON public.meetings_series_communities USING btree (community_id);
CREATE INDEX meetings_series_communities_series_id_a7579fba ON public.meetings_series_communities USING btree (series_id);
CREATE INDEX meetings_series_contact_id_59d4ab09 ON public.meetings_series USING btree (contact_id);
CREATE INDEX meetings_smallgroup_item_id_7481f5a8 ON public.meetings_smallgroup USING btree (item_id);
CREATE INDEX meetings_smallgroup_meeting_id_4ae222b1 ON public.meetings_smallgroup USING btree (meeting_id);
CREATE INDEX meetings_smallgroup_takers_smallgroup_id_18114501 ON public.meetings_smallgroup_takers USING btree (smallgroup_id);
CREATE INDEX meetings_smallgroup_takers_staff_id_8679eeea ON public.meetings_smallgroup_takers USING btree (staff_id);
CREATE INDEX meetings_statement_item_id_941a141b ON public.meetings_statement USING btree (item_id);
CREATE INDEX meetings_statement_meeting_id_50b0fd85 ON public.meetings_statement USING btree (meeting_id);
CREATE INDEX meetings_statement_noted_by_id_502ea904 ON public.meetings_statement USING btree (noted_by_id);
CREATE INDEX meetings_statement_said_by_id_5b39d6f4 ON public.meetings_statement USING btree (said_by_id);
CREATE INDEX meetings_wave_meeting_id_5aa54bca ON public.meetings_wave USING btree (meeting_id);
CREATE INDEX meetings_writing_meeting_id_7c8e63ac ON public.meetings_writing USING btree (meeting_id);
CREATE INDEX meetings_writing_staff_id_9de02952 ON public.meetings_writing USING btree (staff_id);
CREATE UNIQUE INDEX merge_gone_once ON public.network_merge USING btree (gone_id) WHERE (undone_at IS NULL);
CREATE INDEX merge_record ON public.network_merge USING btree (record_id);
CREATE INDEX message_about ON public.post_message USING btree (about_id);
CREATE INDEX message_due ON public.post_message USING btree (state, due_at);
CREATE INDEX message_newest ON public.post_message USING btree (id DESC);
CREATE INDEX message_receiver ON public.post_message USING btree (to_id, id DESC);
CREATE INDEX message_reference ON public.post_message USING btree (reference);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX name_prefix ON public.search_name USING btree (folded);
CREATE INDEX name_record ON public.search_name USING btree (record_id);
CREATE INDEX network_actor_owner_id_d5b2a3f8 ON public.network_actor USING btree (owner_id);
CREATE INDEX network_channel_actor_id_d7d80527 ON public.network_channel USING btree (actor_id);
CREATE INDEX network_community_counsellors_community_id_81a5a858 ON public.network_community_counsellors USING btree (community_id);
CREATE INDEX network_community_counsellors_staff_id_926c1259 ON public.network_community_counsellors USING btree (staff_id);
CREATE INDEX network_community_language_id_20f3d41c ON public.network_community USING btree (language_id);
CREATE INDEX network_community_language_id_20f3d41c_like ON public.network_community USING btree (language_id varchar_pattern_ops);
CREATE INDEX network_community_platforms_community_id_edef4fa7 ON public.network_community_platforms USING btree (community_id);
CREATE INDEX network_community_platforms_platform_id_7bf69f9c ON public.network_community_platforms USING btree (platform_id);
CREATE INDEX network_community_platforms_platform_id_7bf69f9c_like ON public.network_community_platforms USING btree (platform_id varchar_pattern_ops);
CREATE INDEX network_contact_actor_id_a284943e ON public.network_contact USING btree (actor_id);
CREATE INDEX network_contact_organisation_id_bf1633f8 ON public.network_contact USING btree (organisation_id);
CREATE INDEX network_contact_space_id_fc8391eb ON public.network_contact USING btree (space_id);
CREATE INDEX network_contact_staff_id_610cd686 ON public.network_contact USING btree (staff_id);
CREATE INDEX network_handout_staff_id_f4af8cd2 ON public.network_handout USING btree (staff_id);
CREATE INDEX network_look_space_id_01f9cdb9 ON public.network_look USING btree (space_id);
CREATE INDEX network_look_staff_id_0b77ed7d ON public.network_look USING btree (staff_id);
CREATE INDEX network_merge_staff_id_1f65799b ON public.network_merge USING btree (staff_id);
CREATE INDEX network_organisation_communities_community_id_56b4376a ON public.network_organisation_communities USING btree (community_id);
CREATE INDEX network_organisation_communities_organisation_id_90bd76e9 ON public.network_organisation_communities USING btree (organisation_id);
CREATE INDEX network_organisation_place_id_b28e7706 ON public.network_organisation USING btree (place_id);
CREATE INDEX network_pick_actor_id_acc4c6bc ON public.network_pick USING btree (actor_id);
CREATE INDEX network_pick_community_id_c024be95 ON public.network_pick USING btree (community_id);
CREATE INDEX network_profile_platform_id_1ff04afc ON public.network_profile USING btree (platform_id);
CREATE INDEX network_profile_platform_id_1ff04afc_like ON public.network_profile USING btree (platform_id varchar_pattern_ops);
CREATE INDEX network_profile_staff_id_e0ad6fa1 ON public.network_profile USING btree (staff_id);
CREATE INDEX network_relocation_new_id_6112cfe3 ON public.network_relocation USING btree (new_id);
CREATE INDEX network_role_actor_id_3ad0de9c ON public.network_role USING btree (actor_id);
CREATE INDEX network_role_organisation_id_6f0003c4 ON public.network_role USING btree (organisation_id);
CREATE INDEX network_role_space_id_d764d092 ON public.network_role USING btree (space_id);
CREATE INDEX network_snapshot_space_id_97b72194 ON public.network_snapshot USING btree (space_id);
CREATE INDEX network_space_communities_community_id_3f9355ba ON public.network_space_communities USING btree (community_id);
CREATE INDEX network_space_communities_space_id_b5b5a403 ON public.network_space_communities USING btree (space_id);
CREATE INDEX network_space_language_id_5305462d ON public.network_space USING btree (language_id);
CREATE INDEX network_space_language_id_5305462d_like ON public.network_space USING btree (language_id varchar_pattern_ops);
CREATE INDEX network_space_place_id_c0730a67 ON public.network_space USING btree (place_id);
CREATE INDEX network_space_platform_id_3ec748c5 ON public.network_space USING btree (platform_id);
CREATE INDEX network_space_platform_id_3ec748c5_like ON public.network_space USING btree (platform_id varchar_pattern_ops);
CREATE INDEX network_suspect_decided_by_id_3f600f0f ON public.network_suspect USING btree (decided_by_id);
CREATE INDEX organisation_sorting ON public.network_organisation USING btree (sorting, id);
CREATE UNIQUE INDEX organisation_source_once ON public.network_organisation USING btree (source_key) WHERE (NOT ((source_key)::text = ''::text));
CREATE INDEX origin_result ON public.journal_origin USING btree (result_id);
CREATE UNIQUE INDEX party_actor_once ON public.agreements_party USING btree (agreement_id, actor_id) WHERE ((actor_id IS NOT NULL) AND (("left")::text = ''::text));
CREATE INDEX party_of_actor ON public.agreements_party USING btree (actor_id);
CREATE UNIQUE INDEX party_organisation_once ON public.agreements_party USING btree (agreement_id, organisation_id) WHERE ((actor_id IS NULL) AND (("left")::text = ''::text) AND (organisation_id IS NOT NULL));
CREATE INDEX people_absence_staff_id_6cfe4473 ON public.people_absence USING btree (staff_id);
CREATE INDEX people_absence_stand_in_id_dd865703 ON public.people_absence USING btree (stand_in_id);
CREATE INDEX people_session_expire_date_6a5f72cd ON public.people_session USING btree (expire_date);
CREATE INDEX people_session_session_key_f84fb1a3_like ON public.people_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX people_session_staff_id_a2719e18 ON public.people_session USING btree (staff_id);
CREATE INDEX people_staff_covered_by_id_aa397b87 ON public.people_staff USING btree (covered_by_id);
CREATE INDEX people_staff_email_74dd1763_like ON public.people_staff USING btree (email varchar_pattern_ops);
CREATE INDEX people_tally_key_e37844ee_like ON public.people_tally USING btree (key varchar_pattern_ops);
CREATE INDEX pick_position ON public.network_pick USING btree (community_id, "position");
CREATE INDEX place_name ON public.vocabulary_place USING btree (country, name);
CREATE UNIQUE INDEX poll_one_at_a_time ON public.meetings_datepoll USING btree (meeting_id) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'open'::character varying])::text[]));
CREATE INDEX post_message_occasion_df761409_like ON public.post_message USING btree (occasion varchar_pattern_ops);
CREATE UNIQUE INDEX profile_address_once ON public.network_profile USING btree (address) WHERE (NOT ((address)::text = ''::text));
CREATE INDEX remark_open ON public.agreements_remark USING btree (agreement_id) WHERE ((settled_at IS NULL) AND (staff_id IS NULL));
CREATE INDEX result_record ON public.intake_result USING btree (record_id);
CREATE INDEX result_row ON public.intake_result USING btree (file_id, number);
CREATE INDEX retention_kept_key_89d27e3c_like ON public.retention_kept USING btree (key varchar_pattern_ops);
CREATE INDEX right_in_space ON public.agreements_grantedright USING btree (space_id, state);
CREATE UNIQUE INDEX right_once ON public.agreements_grantedright USING btree (agreement_id, space_id, profile_id, right_kind) NULLS NOT DISTINCT WHERE (NOT ((state)::text = 'ended'::text));
CREATE INDEX right_seen ON public.agreements_grantedright USING btree (state, seen_at);
CREATE UNIQUE INDEX role_organisation_once ON public.network_role USING btree (actor_id, organisation_id, role) WHERE ((space_id IS NULL) AND (until IS NULL));
CREATE UNIQUE INDEX role_space_once ON public.network_role USING btree (actor_id, space_id, role) WHERE ((organisation_id IS NULL) AND (until IS NULL));
CREATE INDEX role_that_ends ON public.network_role USING btree (until) WHERE (until IS NOT NULL);
CREATE INDEX row_record ON public.intake_row USING btree (record_id);
CREATE INDEX row_verdict ON public.intake_row USING btree (file_id, verdict, number);
CREATE INDEX session_staff ON public.people_session USING btree (staff_id, seen_at DESC);
CREATE INDEX snapshot_members ON public.network_snapshot USING btree (space_id, day DESC) WHERE (members IS NOT NULL);
CREATE INDEX snapshot_posts ON public.network_snapshot USING btree (space_id, day DESC) WHERE (posts IS NOT NULL);
CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);
CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);
CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);
CREATE UNIQUE INDEX space_address_once ON public.network_space USING btree (address) WHERE (NOT ((address)::text = ''::text));
CREATE INDEX space_check_due ON public.network_space USING btree (check_due);
CREATE INDEX space_checked ON public.network_space USING btree (checked_at, id);
CREATE INDEX space_language ON public.network_space USING btree (language_id, sorting, id);
CREATE INDEX space_platform ON public.network_space USING btree (platform_id, sorting, id);
CREATE INDEX space_size ON public.network_space USING btree (members DESC NULLS LAST, id DESC);
CREATE INDEX space_sorting ON public.network_space USING btree (sorting, id);
CREATE UNIQUE INDEX space_source_once ON public.network_space USING btree (source_key) WHERE (NOT ((source_key)::text = ''::text));
CREATE INDEX space_state ON public.network_space USING btree (state, sorting, id);
CREATE UNIQUE INDEX staff_email_once ON public.people_staff USING btree (lower((email)::text));
CREATE INDEX statement_item ON public.meetings_statement USING btree (item_id, noted_at);
CREATE INDEX statement_seq ON public.meetings_statement USING btree (meeting_id, seq);
CREATE INDEX statement_words ON public.meetings_statementwords USING gin (terms);
CREATE UNIQUE INDEX succession_one_open ON public.agreements_succession USING btree (actor_id) WHERE (NOT ((state)::text = 'closed'::text));
CREATE INDEX suspect_open ON public.network_suspect USING btree (record_kind, score DESC, id DESC) WHERE (decided_at IS NULL);
CREATE INDEX suspect_other ON public.network_suspect USING btree (other_id);
CREATE INDEX tally_ends ON public.people_tally USING btree (ends_at);
CREATE INDEX task_about ON public.tasks_task USING btree (about_id);
CREATE INDEX task_done ON public.tasks_task USING btree (done_at DESC, id);
CREATE INDEX task_due ON public.tasks_task USING btree (state, due, id);
CREATE INDEX task_owner_due ON public.tasks_task USING btree (owner_id, state, due);
CREATE INDEX task_promised ON public.tasks_task USING btree (promised_by_id);
CREATE INDEX tasks_task_checked_by_id_900ef79f ON public.tasks_task USING btree (checked_by_id);
CREATE INDEX tasks_task_created_by_id_1345568a ON public.tasks_task USING btree (created_by_id);
CREATE INDEX tasks_task_done_by_id_172e5ceb ON public.tasks_task USING btree (done_by_id);
CREATE INDEX tasks_task_owner_id_db3dcc3e ON public.tasks_task USING btree (owner_id);
CREATE INDEX touched_thread ON public.journal_touched USING btree (record_id, entry_id DESC);
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
CREATE INDEX use_by_staff ON public.agreements_use USING btree (staff_id, at DESC);
CREATE INDEX use_of_right ON public.agreements_use USING btree (right_id, at DESC);
CREATE UNIQUE INDEX use_proved_once ON public.agreements_use USING btree (right_id, source_id) WHERE (source_id IS NOT NULL);
CREATE INDEX use_source ON public.agreements_use USING btree (source_id) WHERE (source_id IS NOT NULL);
CREATE INDEX vocabulary_language_tag_a2c6973f_like ON public.vocabulary_language USING btree (tag varchar_pattern_ops);
CREATE INDEX vocabulary_platform_key_39113e88_like ON public.vocabulary_platform USING btree (key varchar_pattern_ops);
CREATE INDEX vocabulary_topic_key_77b3b32a_like ON public.vocabulary_topic USING btree (key varchar_pattern_ops);
CREATE INDEX vocabulary_topic_parent_id_ab240bfd ON public.vocabulary_topic USING btree (parent_id);
CREATE INDEX wave_due ON public.meetings_wave USING btree (goes_on) WHERE ((goes_on IS NOT NULL) AND (sent_at IS NULL));
CREATE TRIGGER agreements_signature_is_fixed BEFORE INSERT OR UPDATE ON public.agreements_signature FOR EACH ROW EXECUTE FUNCTION public.agreements_signature_is_fixed();
CREATE TRIGGER agreements_text_is_sealed BEFORE INSERT OR DELETE OR UPDATE ON public.agreements_agreementversion FOR EACH ROW EXECUTE FUNCTION public.agreements_text_is_sealed();
CREATE TRIGGER meetings_closed_stays BEFORE UPDATE ON public.meetings_meeting FOR EACH ROW WHEN (((old.state)::text = 'closed'::text)) EXECUTE FUNCTION public.meetings_closed_stays();
CREATE TRIGGER meetings_minutes_are_kept BEFORE DELETE OR UPDATE ON public.meetings_minutes FOR EACH ROW EXECUTE FUNCTION public.meetings_minutes_are_kept();
CREATE TRIGGER meetings_notes_are_locked BEFORE INSERT OR DELETE OR UPDATE ON public.meetings_statement FOR EACH ROW EXECUTE FUNCTION public.meetings_notes_are_locked();
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_people_staff_id FOREIGN KEY (user_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreement_topics
    ADD CONSTRAINT agreements_agreement_agreement_id_21347496_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreementversion
    ADD CONSTRAINT agreements_agreement_agreement_id_21b78fb4_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreement_spaces
    ADD CONSTRAINT agreements_agreement_agreement_id_f18a5396_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreement
    ADD CONSTRAINT agreements_agreement_current_id_649a5181_fk_agreement FOREIGN KEY (current_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreement
    ADD CONSTRAINT agreements_agreement_owner_id_f1fedad5_fk_people_staff_id FOREIGN KEY (owner_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreement
    ADD CONSTRAINT agreements_agreement_replaced_by_id_caa0aa60_fk_agreement FOREIGN KEY (replaced_by_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreement_spaces
    ADD CONSTRAINT agreements_agreement_space_id_38cfdaa6_fk_network_s FOREIGN KEY (space_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_agreement_topics
    ADD CONSTRAINT agreements_agreement_topic_id_9410c14d_fk_vocabular FOREIGN KEY (topic_id) REFERENCES public.vocabulary_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_clause_topics
    ADD CONSTRAINT agreements_clause_to_clause_id_a2c5871e_fk_agreement FOREIGN KEY (clause_id) REFERENCES public.agreements_clause(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_clause_topics
    ADD CONSTRAINT agreements_clause_to_topic_id_8b07a851_fk_vocabular FOREIGN KEY (topic_id) REFERENCES public.vocabulary_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_clauseversion
    ADD CONSTRAINT agreements_clausever_clause_id_95b2504b_fk_agreement FOREIGN KEY (clause_id) REFERENCES public.agreements_clause(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_clauseversion
    ADD CONSTRAINT agreements_clausever_written_by_id_87f12039_fk_people_st FOREIGN KEY (written_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_commitment
    ADD CONSTRAINT agreements_commitmen_agreement_id_0fd443d1_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_commitment
    ADD CONSTRAINT agreements_commitment_owner_id_6ceac548_fk_people_staff_id FOREIGN KEY (owner_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_commitment
    ADD CONSTRAINT agreements_commitment_party_id_6b6acabd_fk_agreements_party_id FOREIGN KEY (party_id) REFERENCES public.agreements_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_evidence
    ADD CONSTRAINT agreements_evidence_agreement_id_a05097ca_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_evidence
    ADD CONSTRAINT agreements_evidence_kept_by_id_73b0c45e_fk_people_staff_id FOREIGN KEY (kept_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_evidence
    ADD CONSTRAINT agreements_evidence_signature_id_a0b12541_fk_agreement FOREIGN KEY (signature_id) REFERENCES public.agreements_signature(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_grantedright
    ADD CONSTRAINT agreements_grantedri_agreement_id_b70e0b51_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_grantedright
    ADD CONSTRAINT agreements_grantedri_profile_id_dac00e76_fk_network_p FOREIGN KEY (profile_id) REFERENCES public.network_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_grantedright
    ADD CONSTRAINT agreements_grantedright_seen_by_id_1243edc1_fk_people_staff_id FOREIGN KEY (seen_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_grantedright
    ADD CONSTRAINT agreements_grantedright_space_id_34255cc8_fk_network_space_id FOREIGN KEY (space_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_keeping
    ADD CONSTRAINT agreements_keeping_commitment_id_daca6d17_fk_agreement FOREIGN KEY (commitment_id) REFERENCES public.agreements_commitment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_keeping
    ADD CONSTRAINT agreements_keeping_noted_by_id_90e6ed8b_fk_people_staff_id FOREIGN KEY (noted_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_measure
    ADD CONSTRAINT agreements_measure_agreement_id_708077f5_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_measure
    ADD CONSTRAINT agreements_measure_noted_by_id_eeb206b6_fk_people_staff_id FOREIGN KEY (noted_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_measure
    ADD CONSTRAINT agreements_measure_topic_id_4855ac8a_fk_vocabulary_topic_id FOREIGN KEY (topic_id) REFERENCES public.vocabulary_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_offer
    ADD CONSTRAINT agreements_offer_party_id_a713bfb3_fk_agreements_party_id FOREIGN KEY (party_id) REFERENCES public.agreements_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_offer
    ADD CONSTRAINT agreements_offer_version_id_cc7be9c7_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_party
    ADD CONSTRAINT agreements_party_actor_id_c0b9cb08_fk_network_actor_id FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_party
    ADD CONSTRAINT agreements_party_agreement_id_14d67e53_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_party
    ADD CONSTRAINT agreements_party_organisation_id_23b9256d_fk_network_o FOREIGN KEY (organisation_id) REFERENCES public.network_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_remark
    ADD CONSTRAINT agreements_remark_agreement_id_3142a978_fk_agreement FOREIGN KEY (agreement_id) REFERENCES public.agreements_agreement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_remark
    ADD CONSTRAINT agreements_remark_party_id_60eeb5cc_fk_agreements_party_id FOREIGN KEY (party_id) REFERENCES public.agreements_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_remark
    ADD CONSTRAINT agreements_remark_staff_id_6432dddf_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_remark
    ADD CONSTRAINT agreements_remark_version_id_f09d66e2_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_noted_by_id_759f7002_fk_people_staff_id FOREIGN KEY (noted_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_party_id_fa205554_fk_agreements_party_id FOREIGN KEY (party_id) REFERENCES public.agreements_party(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_signature
    ADD CONSTRAINT agreements_signature_version_id_2f1874b6_fk_agreement FOREIGN KEY (version_id) REFERENCES public.agreements_agreementversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_succession_others
    ADD CONSTRAINT agreements_successio_actor_id_f41da235_fk_network_a FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_succession_others
    ADD CONSTRAINT agreements_successio_succession_id_3e2a5b49_fk_agreement FOREIGN KEY (succession_id) REFERENCES public.agreements_succession(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_succession
    ADD CONSTRAINT agreements_succession_actor_id_01a09395_fk_network_actor_id FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_succession
    ADD CONSTRAINT agreements_succession_owner_id_ddc1e50e_fk_people_staff_id FOREIGN KEY (owner_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_use
    ADD CONSTRAINT agreements_use_right_id_d51bdef2_fk_agreements_grantedright_id FOREIGN KEY (right_id) REFERENCES public.agreements_grantedright(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.agreements_use
    ADD CONSTRAINT agreements_use_staff_id_dd3c2f67_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_import
    ADD CONSTRAINT intake_import_by_id_26a27a6a_fk_people_staff_id FOREIGN KEY (by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_result
    ADD CONSTRAINT intake_result_file_id_49b4bf29_fk_intake_import_id FOREIGN KEY (file_id) REFERENCES public.intake_import(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.intake_row
    ADD CONSTRAINT intake_row_file_id_0f939206_fk_intake_import_id FOREIGN KEY (file_id) REFERENCES public.intake_import(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.journal_touched
    ADD CONSTRAINT journal_touched_entry_id_451e50fa_fk_journal_entry_id FOREIGN KEY (entry_id) REFERENCES public.journal_entry(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_agendaitem_promises
    ADD CONSTRAINT meetings_agendaitem__agendaitem_id_e6e7d598_fk_meetings_ FOREIGN KEY (agendaitem_id) REFERENCES public.meetings_agendaitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_agendaitem
    ADD CONSTRAINT meetings_agendaitem_meeting_id_07815bb0_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_agendaitem
    ADD CONSTRAINT meetings_agendaitem_organisation_id_8984ac4f_fk_network_o FOREIGN KEY (organisation_id) REFERENCES public.network_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_agendaitem_promises
    ADD CONSTRAINT meetings_agendaitem_promises_task_id_717095df_fk_tasks_task_id FOREIGN KEY (task_id) REFERENCES public.tasks_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_agendaitem
    ADD CONSTRAINT meetings_agendaitem_topic_id_81daf529_fk_meetings_ FOREIGN KEY (topic_id) REFERENCES public.meetings_agendatopic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_ballot
    ADD CONSTRAINT meetings_ballot_meeting_id_0d168bbe_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_calendarreply
    ADD CONSTRAINT meetings_calendarrep_invitation_id_646abeb8_fk_meetings_ FOREIGN KEY (invitation_id) REFERENCES public.meetings_invitation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_contribution
    ADD CONSTRAINT meetings_contributio_group_id_c8b289c4_fk_meetings_ FOREIGN KEY (group_id) REFERENCES public.meetings_smallgroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_contribution
    ADD CONSTRAINT meetings_contributio_invitation_id_0ca2d4fe_fk_meetings_ FOREIGN KEY (invitation_id) REFERENCES public.meetings_invitation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_contribution
    ADD CONSTRAINT meetings_contributio_item_id_d6a1317f_fk_meetings_ FOREIGN KEY (item_id) REFERENCES public.meetings_agendaitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_contribution
    ADD CONSTRAINT meetings_contributio_meeting_id_b12f9d0d_fk_meetings_ FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_contribution
    ADD CONSTRAINT meetings_contribution_decided_by_id_9958e207_fk_people_staff_id FOREIGN KEY (decided_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_correction
    ADD CONSTRAINT meetings_correction_decided_by_id_994f2094_fk_people_staff_id FOREIGN KEY (decided_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_correction
    ADD CONSTRAINT meetings_correction_invitation_id_9cb13e98_fk_meetings_ FOREIGN KEY (invitation_id) REFERENCES public.meetings_invitation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_correction
    ADD CONSTRAINT meetings_correction_item_id_cbc702f6_fk_meetings_agendaitem_id FOREIGN KEY (item_id) REFERENCES public.meetings_agendaitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_correction
    ADD CONSTRAINT meetings_correction_meeting_id_4e96673a_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_correction
    ADD CONSTRAINT meetings_correction_statement_id_9291c2d4_fk_meetings_ FOREIGN KEY (statement_id) REFERENCES public.meetings_statement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_datepoll
    ADD CONSTRAINT meetings_datepoll_chosen_id_8cb5927b_fk_meetings_pollmoment_id FOREIGN KEY (chosen_id) REFERENCES public.meetings_pollmoment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_datepoll
    ADD CONSTRAINT meetings_datepoll_meeting_id_a8360565_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_datepoll
    ADD CONSTRAINT meetings_datepoll_task_id_082f64cd_fk_tasks_task_id FOREIGN KEY (task_id) REFERENCES public.tasks_task(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_evaluation
    ADD CONSTRAINT meetings_evaluation_meeting_id_076f369b_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_guesttext
    ADD CONSTRAINT meetings_guesttext_written_by_id_f24af76b_fk_people_staff_id FOREIGN KEY (written_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT meetings_invitation_actor_id_dae30e8f_fk_network_actor_id FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT meetings_invitation_meeting_id_2a4c9253_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT meetings_invitation_organisation_id_bd3f114d_fk_network_o FOREIGN KEY (organisation_id) REFERENCES public.network_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT meetings_invitation_small_group_id_be1a9c61_fk_meetings_ FOREIGN KEY (small_group_id) REFERENCES public.meetings_smallgroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT meetings_invitation_staff_id_9c24ff36_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_invitation
    ADD CONSTRAINT meetings_invitation_wave_id_643e3438_fk_meetings_wave_id FOREIGN KEY (wave_id) REFERENCES public.meetings_wave(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_meeting_communities
    ADD CONSTRAINT meetings_meeting_com_community_id_0274ab6b_fk_network_c FOREIGN KEY (community_id) REFERENCES public.network_community(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_meeting_communities
    ADD CONSTRAINT meetings_meeting_com_meeting_id_44a2168c_fk_meetings_ FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_meeting
    ADD CONSTRAINT meetings_meeting_current_item_id_359e83fd_fk_meetings_ FOREIGN KEY (current_item_id) REFERENCES public.meetings_agendaitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_meeting_hosts
    ADD CONSTRAINT meetings_meeting_hos_meeting_id_dc1971ca_fk_meetings_ FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_meeting_hosts
    ADD CONSTRAINT meetings_meeting_hosts_staff_id_098dd8e0_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_meeting
    ADD CONSTRAINT meetings_meeting_series_id_4c28ba88_fk_meetings_series_id FOREIGN KEY (series_id) REFERENCES public.meetings_series(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_minutes
    ADD CONSTRAINT meetings_minutes_meeting_id_09b7a17e_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_needs
    ADD CONSTRAINT meetings_needs_invitation_id_66575b68_fk_meetings_invitation_id FOREIGN KEY (invitation_id) REFERENCES public.meetings_invitation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_pollguest
    ADD CONSTRAINT meetings_pollguest_actor_id_cc6f7cc2_fk_network_actor_id FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_pollguest
    ADD CONSTRAINT meetings_pollguest_poll_id_3b062761_fk_meetings_datepoll_id FOREIGN KEY (poll_id) REFERENCES public.meetings_datepoll(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_pollguest
    ADD CONSTRAINT meetings_pollguest_staff_id_9f01e985_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_pollmoment
    ADD CONSTRAINT meetings_pollmoment_poll_id_a61e6474_fk_meetings_datepoll_id FOREIGN KEY (poll_id) REFERENCES public.meetings_datepoll(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_presentation
    ADD CONSTRAINT meetings_presentatio_item_id_64737d51_fk_meetings_ FOREIGN KEY (item_id) REFERENCES public.meetings_agendaitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_presentation
    ADD CONSTRAINT meetings_presentatio_organisation_id_ff1935f3_fk_network_o FOREIGN KEY (organisation_id) REFERENCES public.network_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_series_communities
    ADD CONSTRAINT meetings_series_comm_community_id_87827b52_fk_network_c FOREIGN KEY (community_id) REFERENCES public.network_community(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_series_communities
    ADD CONSTRAINT meetings_series_comm_series_id_a7579fba_fk_meetings_ FOREIGN KEY (series_id) REFERENCES public.meetings_series(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_series
    ADD CONSTRAINT meetings_series_contact_id_59d4ab09_fk_people_staff_id FOREIGN KEY (contact_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_smallgroup_takers
    ADD CONSTRAINT meetings_smallgroup__smallgroup_id_18114501_fk_meetings_ FOREIGN KEY (smallgroup_id) REFERENCES public.meetings_smallgroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_smallgroup
    ADD CONSTRAINT meetings_smallgroup_item_id_7481f5a8_fk_meetings_agendaitem_id FOREIGN KEY (item_id) REFERENCES public.meetings_agendaitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_smallgroup
    ADD CONSTRAINT meetings_smallgroup_meeting_id_4ae222b1_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_smallgroup_takers
    ADD CONSTRAINT meetings_smallgroup_takers_staff_id_8679eeea_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_statement
    ADD CONSTRAINT meetings_statement_group_id_1e5a65ea_fk_meetings_smallgroup_id FOREIGN KEY (group_id) REFERENCES public.meetings_smallgroup(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_statement
    ADD CONSTRAINT meetings_statement_item_id_941a141b_fk_meetings_agendaitem_id FOREIGN KEY (item_id) REFERENCES public.meetings_agendaitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_statement
    ADD CONSTRAINT meetings_statement_meeting_id_50b0fd85_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_statement
    ADD CONSTRAINT meetings_statement_noted_by_id_502ea904_fk_people_staff_id FOREIGN KEY (noted_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_statement
    ADD CONSTRAINT meetings_statement_said_by_id_5b39d6f4_fk_network_actor_id FOREIGN KEY (said_by_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_statementwords
    ADD CONSTRAINT meetings_statementwo_statement_id_1df2c5b5_fk_meetings_ FOREIGN KEY (statement_id) REFERENCES public.meetings_statement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_wave
    ADD CONSTRAINT meetings_wave_meeting_id_5aa54bca_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_writing
    ADD CONSTRAINT meetings_writing_meeting_id_7c8e63ac_fk_meetings_meeting_id FOREIGN KEY (meeting_id) REFERENCES public.meetings_meeting(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.meetings_writing
    ADD CONSTRAINT meetings_writing_staff_id_9de02952_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_people_staff_id FOREIGN KEY (user_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_actor
    ADD CONSTRAINT network_actor_owner_id_d5b2a3f8_fk_people_staff_id FOREIGN KEY (owner_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_channel
    ADD CONSTRAINT network_channel_actor_id_d7d80527_fk_network_actor_id FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_community_counsellors
    ADD CONSTRAINT network_community_co_community_id_81a5a858_fk_network_c FOREIGN KEY (community_id) REFERENCES public.network_community(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_community_counsellors
    ADD CONSTRAINT network_community_co_staff_id_926c1259_fk_people_st FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_community
    ADD CONSTRAINT network_community_language_id_20f3d41c_fk_vocabular FOREIGN KEY (language_id) REFERENCES public.vocabulary_language(tag) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_community_platforms
    ADD CONSTRAINT network_community_pl_community_id_edef4fa7_fk_network_c FOREIGN KEY (community_id) REFERENCES public.network_community(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_community_platforms
    ADD CONSTRAINT network_community_pl_platform_id_7bf69f9c_fk_vocabular FOREIGN KEY (platform_id) REFERENCES public.vocabulary_platform(key) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_contact
    ADD CONSTRAINT network_contact_actor_id_a284943e_fk_network_actor_id FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_contact
    ADD CONSTRAINT network_contact_organisation_id_bf1633f8_fk_network_o FOREIGN KEY (organisation_id) REFERENCES public.network_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_contact
    ADD CONSTRAINT network_contact_space_id_fc8391eb_fk_network_space_id FOREIGN KEY (space_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_contact
    ADD CONSTRAINT network_contact_staff_id_610cd686_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_feed
    ADD CONSTRAINT network_feed_space_id_5d48a5dd_fk_network_space_id FOREIGN KEY (space_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_handout
    ADD CONSTRAINT network_handout_staff_id_f4af8cd2_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_look
    ADD CONSTRAINT network_look_space_id_01f9cdb9_fk_network_space_id FOREIGN KEY (space_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_look
    ADD CONSTRAINT network_look_staff_id_0b77ed7d_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_merge
    ADD CONSTRAINT network_merge_staff_id_1f65799b_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_organisation_communities
    ADD CONSTRAINT network_organisation_community_id_56b4376a_fk_network_c FOREIGN KEY (community_id) REFERENCES public.network_community(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_organisation_communities
    ADD CONSTRAINT network_organisation_organisation_id_90bd76e9_fk_network_o FOREIGN KEY (organisation_id) REFERENCES public.network_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_organisation
    ADD CONSTRAINT network_organisation_place_id_b28e7706_fk_vocabular FOREIGN KEY (place_id) REFERENCES public.vocabulary_place(geoname) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_pick
    ADD CONSTRAINT network_pick_actor_id_acc4c6bc_fk_network_actor_id FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_pick
    ADD CONSTRAINT network_pick_community_id_c024be95_fk_network_community_id FOREIGN KEY (community_id) REFERENCES public.network_community(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_profile
    ADD CONSTRAINT network_profile_platform_id_1ff04afc_fk_vocabulary_platform_key FOREIGN KEY (platform_id) REFERENCES public.vocabulary_platform(key) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_profile
    ADD CONSTRAINT network_profile_staff_id_e0ad6fa1_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_relocation
    ADD CONSTRAINT network_relocation_new_id_6112cfe3_fk_network_space_id FOREIGN KEY (new_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_relocation
    ADD CONSTRAINT network_relocation_old_id_f8d344cf_fk_network_space_id FOREIGN KEY (old_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_role
    ADD CONSTRAINT network_role_actor_id_3ad0de9c_fk_network_actor_id FOREIGN KEY (actor_id) REFERENCES public.network_actor(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_role
    ADD CONSTRAINT network_role_organisation_id_6f0003c4_fk_network_o FOREIGN KEY (organisation_id) REFERENCES public.network_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_role
    ADD CONSTRAINT network_role_space_id_d764d092_fk_network_space_id FOREIGN KEY (space_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_snapshot
    ADD CONSTRAINT network_snapshot_space_id_97b72194_fk_network_space_id FOREIGN KEY (space_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_space_communities
    ADD CONSTRAINT network_space_commun_community_id_3f9355ba_fk_network_c FOREIGN KEY (community_id) REFERENCES public.network_community(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_space_communities
    ADD CONSTRAINT network_space_communities_space_id_b5b5a403_fk_network_space_id FOREIGN KEY (space_id) REFERENCES public.network_space(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_space
    ADD CONSTRAINT network_space_language_id_5305462d_fk_vocabulary_language_tag FOREIGN KEY (language_id) REFERENCES public.vocabulary_language(tag) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_space
    ADD CONSTRAINT network_space_place_id_c0730a67_fk_vocabulary_place_geoname FOREIGN KEY (place_id) REFERENCES public.vocabulary_place(geoname) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_space
    ADD CONSTRAINT network_space_platform_id_3ec748c5_fk_vocabulary_platform_key FOREIGN KEY (platform_id) REFERENCES public.vocabulary_platform(key) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.network_suspect
    ADD CONSTRAINT network_suspect_decided_by_id_3f600f0f_fk_people_staff_id FOREIGN KEY (decided_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_absence
    ADD CONSTRAINT people_absence_staff_id_6cfe4473_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_absence
    ADD CONSTRAINT people_absence_stand_in_id_dd865703_fk_people_staff_id FOREIGN KEY (stand_in_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_session
    ADD CONSTRAINT people_session_staff_id_a2719e18_fk_people_staff_id FOREIGN KEY (staff_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_staff
    ADD CONSTRAINT people_staff_covered_by_id_aa397b87_fk_people_staff_id FOREIGN KEY (covered_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_user_id_8146e70c_fk_people_staff_id FOREIGN KEY (user_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tasks_task
    ADD CONSTRAINT tasks_task_checked_by_id_900ef79f_fk_people_staff_id FOREIGN KEY (checked_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tasks_task
    ADD CONSTRAINT tasks_task_created_by_id_1345568a_fk_people_staff_id FOREIGN KEY (created_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tasks_task
    ADD CONSTRAINT tasks_task_done_by_id_172e5ceb_fk_people_staff_id FOREIGN KEY (done_by_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tasks_task
    ADD CONSTRAINT tasks_task_owner_id_db3dcc3e_fk_people_staff_id FOREIGN KEY (owner_id) REFERENCES public.people_staff(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.vocabulary_topic
    ADD CONSTRAINT vocabulary_topic_parent_id_ab240bfd_fk_vocabulary_topic_id FOREIGN KEY (parent_id) REFERENCES public.vocabulary_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE public.agreements_evidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY agreements_evidence_seen ON public.agreements_evidence USING (((( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif") = 'system'::text) OR (kept_by_id = ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case")) OR public.agreements_works_on(agreement_id, ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case")))) WITH CHECK (((( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif") = 'system'::text) OR (kept_by_id = ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case")) OR public.agreements_works_on(agreement_id, ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case"))));
ALTER TABLE public.meetings_needs ENABLE ROW LEVEL SECURITY;
CREATE POLICY meetings_needs_seen ON public.meetings_needs USING (((( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif") = 'system'::text) OR (('invitation:'::text || invitation_id) = ( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif")) OR public.meetings_hosts_guest(invitation_id, ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case")))) WITH CHECK (((( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif") = 'system'::text) OR (('invitation:'::text || invitation_id) = ( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif")) OR public.meetings_hosts_guest(invitation_id, ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case"))));
ALTER TABLE public.meetings_statement ENABLE ROW LEVEL SECURITY;
CREATE POLICY meetings_statement_seen ON public.meetings_statement USING (((( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif") = 'system'::text) OR (NOT confidential) OR (noted_by_id = ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case")) OR public.meetings_takes_notes(meeting_id, ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case")))) WITH CHECK (((( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif") = 'system'::text) OR (NOT confidential) OR (noted_by_id = ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case")) OR public.meetings_takes_notes(meeting_id, ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case"))));
ALTER TABLE public.network_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY network_contact_seen ON public.network_contact USING (((( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif") = 'system'::text) OR (NOT confidential) OR (staff_id = ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case")))) WITH CHECK (((( SELECT NULLIF(current_setting('app.subject'::text, true), ''::text) AS "nullif") = 'system'::text) OR (NOT confidential) OR (staff_id = ( SELECT
        CASE
            WHEN (current_setting('app.subject'::text, true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text) THEN (current_setting('app.subject'::text, true))::uuid
            ELSE NULL::uuid
        END AS "case"))));

INSERT INTO public.django_migrations (app, name, applied) VALUES
    ('people', '0001_initial', now()),
    ('account', '0001_initial', now()),
    ('account', '0002_email_max_length', now()),
    ('account', '0003_alter_emailaddress_create_unique_verified_email', now()),
    ('account', '0004_alter_emailaddress_drop_unique_email', now()),
    ('account', '0005_emailaddress_idx_upper_email', now()),
    ('account', '0006_emailaddress_lower', now()),
    ('account', '0007_emailaddress_idx_email', now()),
    ('account', '0008_emailaddress_unique_primary_email_fixup', now()),
    ('account', '0009_emailaddress_unique_primary_email', now()),
    ('vocabulary', '0001_initial', now()),
    ('network', '0001_initial', now()),
    ('network', '0002_postal_address', now()),
    ('network', '0003_told_and_failing', now()),
    ('network', '0004_second_lock', now()),
    ('network', '0005_profiles', now()),
    ('network', '0006_snapshots', now()),
    ('network', '0007_first_snapshots', now()),
    ('network', '0008_profile_addresses', now()),
    ('network', '0009_map', now()),
    ('network', '0010_merges', now()),
    ('network', '0011_feeds_and_moves', now()),
    ('sessions', '0001_initial', now()),
    ('people', '0002_accounts', now()),
    ('agreements', '0001_initial', now()),
    ('agreements', '0002_locks', now()),
    ('agreements', '0003_access', now()),
    ('agreements', '0004_signatures_follow_people', now()),
    ('agreements', '0005_parties_come_back', now()),
    ('contenttypes', '0001_initial', now()),
    ('contenttypes', '0002_remove_content_type_name', now()),
    ('auth', '0001_initial', now()),
    ('auth', '0002_alter_permission_name_max_length', now()),
    ('auth', '0003_alter_user_email_max_length', now()),
    ('auth', '0004_alter_user_username_opts', now()),
    ('auth', '0005_alter_user_last_login_null', now()),
    ('auth', '0006_require_contenttypes_0002', now()),
    ('auth', '0007_alter_validators_add_error_messages', now()),
    ('auth', '0008_alter_user_username_max_length', now()),
    ('auth', '0009_alter_user_last_name_max_length', now()),
    ('auth', '0010_alter_group_name_max_length', now()),
    ('auth', '0011_update_proxy_permissions', now()),
    ('auth', '0012_alter_user_first_name_max_length', now()),
    ('intake', '0001_initial', now()),
    ('intake', '0002_seal_keys', now()),
    ('journal', '0001_initial', now()),
    ('journal', '0002_by_link', now()),
    ('links', '0001_initial', now()),
    ('links', '0002_fresh_links', now()),
    ('tasks', '0001_initial', now()),
    ('network', '0012_looks', now()),
    ('network', '0013_feeds_too_short', now()),
    ('network', '0014_rhythm_and_openings', now()),
    ('network', '0015_readings', now()),
    ('network', '0016_what_organisations_say', now()),
    ('meetings', '0001_initial', now()),
    ('meetings', '0002_guests_may_go', now()),
    ('meetings', '0003_second_lock', now()),
    ('meetings', '0004_during_the_meeting', now()),
    ('meetings', '0005_calendar_replies', now()),
    ('meetings', '0006_rooms', now()),
    ('meetings', '0007_finding_a_date', now()),
    ('meetings', '0008_findable', now()),
    ('meetings', '0009_presentations', now()),
    ('meetings', '0010_needs', now()),
    ('meetings', '0011_offers', now()),
    ('meetings', '0012_corrections', now()),
    ('meetings', '0013_locked_minutes', now()),
    ('meetings', '0014_evaluations', now()),
    ('meetings', '0015_timetable_and_waves', now()),
    ('meetings', '0016_guest_texts', now()),
    ('meetings', '0017_opened_on', now()),
    ('meetings', '0018_calendar_key', now()),
    ('meetings', '0019_asking_after_promises', now()),
    ('meetings', '0020_who_takes_notes', now()),
    ('meetings', '0021_rows_of_before', now()),
    ('mfa', '0001_initial', now()),
    ('mfa', '0002_authenticator_timestamps', now()),
    ('mfa', '0003_authenticator_type_uniq', now()),
    ('network', '0017_roles_that_end', now()),
    ('post', '0001_initial', now()),
    ('post', '0002_hold', now()),
    ('post', '0003_reference', now()),
    ('post', '0004_references_of_mail_that_is_out', now()),
    ('post', '0005_longer_method', now()),
    ('retention', '0001_initial', now()),
    ('search', '0001_initial', now()),
    ('socialaccount', '0001_initial', now()),
    ('socialaccount', '0002_token_max_lengths', now()),
    ('socialaccount', '0003_extra_data_default_dict', now()),
    ('socialaccount', '0004_app_provider_id_settings', now()),
    ('socialaccount', '0005_socialtoken_nullable_app', now()),
    ('socialaccount', '0006_alter_socialaccount_extra_data', now()),
    ('upkeep', '0001_initial', now()),
    ('upkeep', '0002_what_was_decided_about_texts', now());
