-- The schema all migrations add up to. Written by npm run generate; compared by npm test.

create table account (
  id uuid not null,
  org_id uuid not null,
  username text not null,
  email text not null,
  display_name text not null,
  password_hash text,
  role text not null,
  status text not null default 'active'::text,
  preferences jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  demo boolean not null default false,
  email_verified_at timestamp with time zone,
  erased_at timestamp with time zone,
  merged_into uuid,
  name_shown_to text not null default 'everyone'::text,
  constraint account_display_name_length CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 200))),
  constraint account_email_shape CHECK (((email ~ '^[^[:space:]@]+@[^[:space:]@]+$'::text) AND (char_length(email) <= 254))),
  constraint account_erased_stays_out CHECK (((erased_at IS NULL) OR ((status = 'suspended'::text) AND (password_hash IS NULL)))),
  constraint account_merged_into_another CHECK ((merged_into <> id)),
  constraint account_merged_is_erased CHECK (((merged_into IS NULL) OR (erased_at IS NOT NULL))),
  constraint account_name_shown_to CHECK ((name_shown_to = ANY (ARRAY['everyone'::text, 'groups'::text, 'nobody'::text]))),
  constraint account_role_known CHECK ((role = ANY (ARRAY['admin'::text, 'user'::text, 'guest'::text]))),
  constraint account_status_known CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text]))),
  constraint account_username_shape CHECK ((username ~ '^[^[:space:]@]{1,100}$'::text)),
  constraint account_merged_into FOREIGN KEY (org_id, merged_into) REFERENCES account(org_id, id) ON DELETE SET NULL (merged_into),
  constraint account_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint account_pkey PRIMARY KEY (id),
  constraint account_keeps_way_in TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint organization_has_owner TRIGGER,
  constraint account_organization UNIQUE (org_id, id)
);
comment on table account is 'A person. Names are unique in the installation, so signing in needs no organization.';
comment on column account.password_hash is 'argon2id in PHC string form; null when the person signs in another way.';
comment on column account.demo is 'Of the start data: goes when the demo data is removed. What belongs to a marked row goes with it.';
comment on column account.email_verified_at is 'When somebody who reads this address proved it; null when nobody did.';
comment on column account.erased_at is 'Nobody any more: what was personal is gone, the row stays for what was booked, and never signs in again.';
comment on column account.merged_into is 'The account of the same person that stays; set once this one is nobody any more.';
comment on column account.name_shown_to is 'Who reads the name on the person’s reservations; groups: who is in a group with them';
CREATE INDEX account_by_name ON public.account USING btree (org_id, lower(display_name), id) WHERE (status = 'active'::text);
CREATE INDEX account_merged ON public.account USING btree (org_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE UNIQUE INDEX account_email_unique ON public.account USING btree (lower(email));
CREATE UNIQUE INDEX account_username_unique ON public.account USING btree (lower(username));
CREATE CONSTRAINT TRIGGER account_keeps_way_in AFTER UPDATE OF password_hash ON public.account DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.password_hash IS NOT NULL) AND (new.password_hash IS NULL))) EXECUTE FUNCTION account_keeps_way_in();
CREATE CONSTRAINT TRIGGER organization_has_owner AFTER DELETE OR UPDATE OF role, status ON public.account NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (((old.role = 'admin'::text) AND (old.status = 'active'::text))) EXECUTE FUNCTION organization_has_owner();
alter table account enable row level security;
create policy every_organization on account for * to berth_system using (true) with check (true);
create policy one_organization on account for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant INSERT, SELECT, UPDATE on account to berth_app;
grant INSERT, SELECT, UPDATE on account to berth_system;

create table account_link (
  id uuid not null,
  org_id uuid not null,
  purpose text not null,
  account_id uuid,
  email text,
  role text,
  details_sealed bytea,
  token_hash bytea not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  constraint account_link_ends_once CHECK ((num_nonnulls(used_at, withdrawn_at) <= 1)),
  constraint account_link_invitation_whole CHECK (((purpose = 'invitation'::text) = (role IS NOT NULL))),
  constraint account_link_invites_somebody CHECK (((purpose <> 'invitation'::text) OR (used_at IS NOT NULL) OR (withdrawn_at IS NOT NULL) OR (email IS NOT NULL))),
  constraint account_link_of_somebody CHECK (((purpose = ANY (ARRAY['password-reset'::text, 'email-change'::text])) = (account_id IS NOT NULL))),
  constraint account_link_purpose_known CHECK ((purpose = ANY (ARRAY['invitation'::text, 'registration'::text, 'password-reset'::text, 'email-change'::text]))),
  constraint account_link_role_known CHECK ((role = ANY (ARRAY['admin'::text, 'user'::text, 'guest'::text]))),
  constraint account_link_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint account_link_creator FOREIGN KEY (org_id, created_by) REFERENCES account(org_id, id) ON DELETE SET NULL (created_by),
  constraint account_link_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint account_link_pkey PRIMARY KEY (id),
  constraint account_link_organization UNIQUE (org_id, id)
);
comment on table account_link is 'Links mailed or handed to one person, good once and for a time. Of the token only the hash is kept.';
comment on column account_link.email is 'Who is invited; gone once the link is over.';
comment on column account_link.details_sealed is 'What the link will do: the account a registration asks for, or a new address. Sealed, and gone once it is over.';
CREATE INDEX account_link_of_account ON public.account_link USING btree (org_id, account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX account_link_to_forget ON public.account_link USING btree (expires_at);
CREATE UNIQUE INDEX account_link_one_invitation ON public.account_link USING btree (org_id, lower(email)) WHERE ((purpose = 'invitation'::text) AND (used_at IS NULL) AND (withdrawn_at IS NULL));
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF created_by ON public.account_link FOR EACH ROW EXECUTE FUNCTION account_not_merged('created_by');
alter table account_link enable row level security;
create policy every_organization on account_link for * to berth_system using (true) with check (true);
create policy one_organization on account_link for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on account_link to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on account_link to berth_system;

create table acted_link (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  used_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint acted_link_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint acted_link_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint acted_link_pkey PRIMARY KEY (id)
);
comment on table acted_link is 'Links of letters that were used: each does what it says once. Kept until the link would have run out.';
CREATE INDEX acted_link_of_account ON public.acted_link USING btree (org_id, account_id);
CREATE INDEX acted_link_over ON public.acted_link USING btree (expires_at);
alter table acted_link enable row level security;
create policy every_organization on acted_link for * to berth_system using (true) with check (true);
create policy one_organization on acted_link for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on acted_link to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on acted_link to berth_system;

create table address_allowance (
  address inet not null,
  full_at timestamp with time zone not null,
  constraint address_allowance_pkey PRIMARY KEY (address)
);
comment on table address_allowance is 'Addresses nobody signed in from; IPv6 by its network of 64 bits.';
alter table address_allowance enable row level security;
create policy system on address_allowance for * to berth_system using (true) with check (true);
grant DELETE, INSERT, SELECT, UPDATE on address_allowance to berth_system;

create table api_token (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  name text,
  hash bytea not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  client_id uuid,
  grant_id uuid,
  per_minute integer,
  full_at timestamp with time zone not null default '1970-01-01 00:00:00+00'::timestamp with time zone,
  site_ids uuid[],
  resource_ids uuid[],
  constraint api_token_granted_to_client CHECK (((grant_id IS NULL) OR (client_id IS NOT NULL))),
  constraint api_token_has_scopes CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 100))),
  constraint api_token_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  constraint api_token_named CHECK (((name IS NULL) = (client_id IS NOT NULL))),
  constraint api_token_of_client_has_its_limit CHECK (((per_minute IS NULL) OR (client_id IS NULL))),
  constraint api_token_of_client_has_its_places CHECK (((site_ids IS NULL) OR (client_id IS NULL))),
  constraint api_token_per_minute_range CHECK (((per_minute >= 10) AND (per_minute <= 1000000))),
  constraint api_token_places_few CHECK ((((cardinality(site_ids) + cardinality(resource_ids)) >= 1) AND ((cardinality(site_ids) + cardinality(resource_ids)) <= 50))),
  constraint api_token_places_whole CHECK (((site_ids IS NULL) = (resource_ids IS NULL))),
  constraint api_token_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint api_token_client FOREIGN KEY (org_id, client_id) REFERENCES oauth_client(org_id, id) ON DELETE CASCADE,
  constraint api_token_grant FOREIGN KEY (org_id, grant_id) REFERENCES oauth_grant(org_id, id) ON DELETE CASCADE,
  constraint api_token_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint api_token_pkey PRIMARY KEY (id),
  constraint api_token_hash_unique UNIQUE (hash),
  constraint api_token_organization UNIQUE (org_id, id)
);
comment on table api_token is 'What a program shows to work in somebody’s name, with the rights both have: the token and its owner. Only its hash is kept.';
comment on column api_token.scopes is 'Permissions. The owner held them when the token was made; what the owner loses the token loses.';
comment on column api_token.last_used_at is 'To the minute.';
comment on column api_token.client_id is 'The client it was given to; null for one a person made, which has a name instead.';
comment on column api_token.grant_id is 'What a person allowed; null where the client asked by itself, or there is none.';
comment on column api_token.per_minute is 'Requests a minute through this token; null leaves it to what its owner may send.';
comment on column api_token.full_at is 'When all requests of a minute can be sent again: the theoretical arrival time of GCRA.';
comment on column api_token.site_ids is 'Sites it is good at; null, as resource_ids then, where it is good everywhere. A place that is gone opens nothing.';
comment on column api_token.resource_ids is 'Resources it is good for, with what they consist of.';
CREATE INDEX api_token_by_account ON public.api_token USING btree (org_id, account_id, created_at);
CREATE INDEX api_token_of_client ON public.api_token USING btree (org_id, client_id) WHERE (client_id IS NOT NULL);
CREATE INDEX api_token_of_grant ON public.api_token USING btree (org_id, grant_id) WHERE (grant_id IS NOT NULL);
alter table api_token enable row level security;
create policy every_organization on api_token for * to berth_system using (true) with check (true);
create policy one_organization on api_token for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on api_token to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on api_token to berth_system;

create table api_token_use (
  org_id uuid not null,
  token_id uuid not null,
  day date not null,
  requests integer not null,
  constraint api_token_use_some CHECK ((requests > 0)),
  constraint api_token_use_of FOREIGN KEY (org_id, token_id) REFERENCES api_token(org_id, id) ON DELETE CASCADE,
  constraint api_token_use_pkey PRIMARY KEY (org_id, token_id, day)
);
comment on table api_token_use is 'Requests a day, by UTC. Written in lots; forgotten after a month.';
CREATE INDEX api_token_use_by_day ON public.api_token_use USING btree (day);
alter table api_token_use enable row level security;
create policy every_organization on api_token_use for * to berth_system using (true) with check (true);
create policy one_organization on api_token_use for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on api_token_use to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on api_token_use to berth_system;

create table approval_approver (
  org_id uuid not null,
  request_id uuid not null,
  step smallint not null,
  account_id uuid not null,
  delegated_by uuid,
  answer text,
  answered_at timestamp with time zone,
  message text,
  constraint approval_approver_answer_known CHECK ((answer = ANY (ARRAY['approve'::text, 'reject'::text, 'delegate'::text]))),
  constraint approval_approver_answered_once CHECK (((answer IS NULL) = (answered_at IS NULL))),
  constraint approval_approver_message_length CHECK ((char_length(message) <= 1000)),
  constraint approval_approver_not_to_oneself CHECK ((delegated_by <> account_id)),
  constraint approval_approver_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id),
  constraint approval_approver_delegate FOREIGN KEY (org_id, delegated_by) REFERENCES account(org_id, id),
  constraint approval_approver_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint approval_approver_request FOREIGN KEY (org_id, request_id) REFERENCES approval_request(org_id, id) ON DELETE CASCADE,
  constraint approval_approver_pkey PRIMARY KEY (request_id, step, account_id)
);
comment on table approval_approver is 'Who was asked at which step, as the policy named them when it was asked, and what they said. A step of nobody is for those who manage.';
CREATE INDEX approval_approver_asked ON public.approval_approver USING btree (org_id, account_id) WHERE (answer IS NULL);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id, delegated_by ON public.approval_approver FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id', 'delegated_by');
alter table approval_approver enable row level security;
create policy every_organization on approval_approver for * to berth_system using (true) with check (true);
create policy one_organization on approval_approver for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on approval_approver to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on approval_approver to berth_system;

create table approval_question (
  id uuid not null,
  org_id uuid not null,
  request_id uuid not null,
  asked_by uuid not null,
  question text not null,
  asked_at timestamp with time zone not null,
  answered_by uuid,
  answer text,
  answered_at timestamp with time zone,
  constraint approval_question_answer_length CHECK (((char_length(answer) >= 1) AND (char_length(answer) <= 1000))),
  constraint approval_question_answered_whole CHECK ((num_nonnulls(answered_by, answer, answered_at) = ANY (ARRAY[0, 3]))),
  constraint approval_question_length CHECK (((char_length(question) >= 1) AND (char_length(question) <= 1000))),
  constraint approval_question_answerer FOREIGN KEY (org_id, answered_by) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint approval_question_asker FOREIGN KEY (org_id, asked_by) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint approval_question_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint approval_question_request FOREIGN KEY (org_id, request_id) REFERENCES approval_request(org_id, id) ON DELETE CASCADE,
  constraint approval_question_pkey PRIMARY KEY (id)
);
comment on table approval_question is 'Asked before it is decided; the request goes on waiting, and its deadline stays.';
CREATE INDEX approval_question_of_request ON public.approval_question USING btree (request_id, asked_at);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF asked_by, answered_by ON public.approval_question FOR EACH ROW EXECUTE FUNCTION account_not_merged('asked_by', 'answered_by');
alter table approval_question enable row level security;
create policy every_organization on approval_question for * to berth_system using (true) with check (true);
create policy one_organization on approval_question for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on approval_question to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on approval_question to berth_system;

create table approval_request (
  id uuid not null,
  org_id uuid not null,
  reservation_id uuid not null,
  requested_by uuid not null,
  status text not null default 'waiting'::text,
  step smallint not null default 1,
  steps smallint not null,
  due_at timestamp with time zone not null,
  requested_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  decided_by uuid,
  message text,
  suggested_start timestamp with time zone,
  suggested_end timestamp with time zone,
  version integer not null default 1,
  constraint approval_request_decided_by_somebody CHECK (((status = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  constraint approval_request_ended CHECK (((status = 'waiting'::text) = (ended_at IS NULL))),
  constraint approval_request_message_length CHECK ((char_length(message) <= 1000)),
  constraint approval_request_status_known CHECK ((status = ANY (ARRAY['waiting'::text, 'approved'::text, 'rejected'::text, 'expired'::text, 'withdrawn'::text]))),
  constraint approval_request_step_range CHECK (((step >= 1) AND (step <= steps))),
  constraint approval_request_suggestion_ordered CHECK ((suggested_end > suggested_start)),
  constraint approval_request_suggestion_whole CHECK (((suggested_start IS NULL) = (suggested_end IS NULL))),
  constraint approval_request_decider FOREIGN KEY (org_id, decided_by) REFERENCES account(org_id, id),
  constraint approval_request_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint approval_request_requester FOREIGN KEY (org_id, requested_by) REFERENCES account(org_id, id),
  constraint approval_request_reservation FOREIGN KEY (org_id, reservation_id) REFERENCES reservation(org_id, id) ON DELETE CASCADE,
  constraint approval_request_pkey PRIMARY KEY (id),
  constraint approval_request_organization UNIQUE (org_id, id)
);
comment on table approval_request is 'Asked once for each time a reservation is pending; what was decided stays.';
comment on column approval_request.due_at is 'Not decided by then is declined; the worker reads what is due from here.';
CREATE INDEX approval_request_due ON public.approval_request USING btree (due_at) WHERE (status = 'waiting'::text);
CREATE INDEX approval_request_of_reservation ON public.approval_request USING btree (reservation_id, requested_at);
CREATE INDEX approval_request_waiting ON public.approval_request USING btree (org_id, due_at, id) WHERE (status = 'waiting'::text);
CREATE UNIQUE INDEX approval_request_one_waiting ON public.approval_request USING btree (reservation_id) WHERE (status = 'waiting'::text);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF requested_by, decided_by ON public.approval_request FOR EACH ROW EXECUTE FUNCTION account_not_merged('requested_by', 'decided_by');
alter table approval_request enable row level security;
create policy every_organization on approval_request for * to berth_system using (true) with check (true);
create policy one_organization on approval_request for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on approval_request to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on approval_request to berth_system;

create table audit_export_part (
  org_id uuid not null,
  job_id uuid not null,
  part integer not null,
  content text not null,
  constraint audit_export_part_job FOREIGN KEY (org_id, job_id) REFERENCES job(org_id, id) ON DELETE CASCADE,
  constraint audit_export_part_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint audit_export_part_once PRIMARY KEY (job_id, part)
);
comment on table audit_export_part is 'A file of the audit log, written part by part as the job reads on; it goes with the job.';
alter table audit_export_part enable row level security;
create policy every_organization on audit_export_part for * to berth_system using (true) with check (true);
create policy one_organization on audit_export_part for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on audit_export_part to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on audit_export_part to berth_system;

create table audit_view (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  name text not null,
  filter jsonb not null,
  created_at timestamp with time zone not null,
  constraint audit_view_filter_is_object CHECK ((jsonb_typeof(filter) = 'object'::text)),
  constraint audit_view_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint audit_view_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint audit_view_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint audit_view_pkey PRIMARY KEY (id),
  constraint audit_view_organization UNIQUE (org_id, id)
);
comment on table audit_view is 'Filters of the audit log somebody keeps under a name; theirs alone.';
CREATE UNIQUE INDEX audit_view_name_unique ON public.audit_view USING btree (org_id, account_id, lower(name));
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.audit_view FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table audit_view enable row level security;
create policy every_organization on audit_view for * to berth_system using (true) with check (true);
create policy one_organization on audit_view for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on audit_view to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on audit_view to berth_system;

create table blackout (
  id uuid not null,
  org_id uuid not null,
  site_id uuid,
  resource_id uuid,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  reason text,
  created_at timestamp with time zone not null,
  rrule text,
  civil_start timestamp without time zone,
  time_zone text,
  minutes integer,
  last_ends_at timestamp with time zone,
  demo boolean not null default false,
  constraint blackout_last_recurs CHECK (((last_ends_at IS NULL) OR (rrule IS NOT NULL))),
  constraint blackout_minutes_range CHECK (((minutes >= 1) AND (minutes <= 527040))),
  constraint blackout_one_scope CHECK ((num_nonnulls(site_id, resource_id) <= 1)),
  constraint blackout_ordered CHECK ((ends_at > starts_at)),
  constraint blackout_recurrence_whole CHECK ((num_nonnulls(rrule, civil_start, time_zone, minutes) = ANY (ARRAY[0, 4]))),
  constraint blackout_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint blackout_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id),
  constraint blackout_site FOREIGN KEY (org_id, site_id) REFERENCES site(org_id, id),
  constraint blackout_pkey PRIMARY KEY (id)
);
comment on table blackout is 'A time nobody may book: of one resource, of one site, or (neither named) of the organization.';
comment on column blackout.rrule is 'RFC 5545 §3.3.10; null for one that is once.';
comment on column blackout.civil_start is 'Reading of the clock in time_zone at the first; never an offset.';
comment on column blackout.minutes is 'Whole days by the calendar, the rest by the time that passes (RFC 5545 §3.8.2.5).';
comment on column blackout.last_ends_at is 'End of the last time of one that recurs; null where there is no last.';
CREATE INDEX blackout_by_scope ON public.blackout USING btree (org_id, resource_id, site_id, starts_at);
alter table blackout enable row level security;
create policy every_organization on blackout for * to berth_system using (true) with check (true);
create policy one_organization on blackout for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on blackout to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on blackout to berth_system;

create table client_allowance (
  org_id uuid not null,
  client_id uuid not null,
  full_at timestamp with time zone not null default '1970-01-01 00:00:00+00'::timestamp with time zone,
  constraint client_allowance_client FOREIGN KEY (org_id, client_id) REFERENCES oauth_client(org_id, id) ON DELETE CASCADE,
  constraint client_allowance_pkey PRIMARY KEY (client_id)
);
comment on column client_allowance.full_at is 'When all requests of a minute can be sent again: the theoretical arrival time of GCRA.';
CREATE INDEX client_allowance_of_client ON public.client_allowance USING btree (org_id, client_id);
alter table client_allowance enable row level security;
create policy every_organization on client_allowance for * to berth_system using (true) with check (true);
create policy one_organization on client_allowance for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on client_allowance to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on client_allowance to berth_system;

create table demo_removed_row (
  org_id uuid not null,
  place bigint generated always as identity not null,
  table_name text not null,
  stays boolean not null,
  content jsonb not null,
  constraint demo_removed_row_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint demo_removed_row_pkey PRIMARY KEY (org_id, place)
);
comment on table demo_removed_row is 'Demo data that was removed and may still come back: whole rows, until the worker forgets them.';
comment on column demo_removed_row.stays is 'The row was not deleted, as something that is no demo needs it; it only lost its mark.';
alter table demo_removed_row enable row level security;
create policy every_organization on demo_removed_row for * to berth_system using (true) with check (true);
create policy one_organization on demo_removed_row for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on demo_removed_row to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on demo_removed_row to berth_system;

create table due_notice (
  reservation_id uuid not null,
  account_id uuid not null,
  kind text not null,
  lead_minutes integer not null,
  org_id uuid not null,
  due_at timestamp with time zone not null,
  constraint due_notice_kind_known CHECK ((kind = ANY (ARRAY['reminder'::text, 'ending-soon'::text]))),
  constraint due_notice_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint due_notice_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint due_notice_reservation FOREIGN KEY (org_id, reservation_id) REFERENCES reservation(org_id, id) ON DELETE CASCADE,
  constraint due_notice_once PRIMARY KEY (reservation_id, account_id, kind, lead_minutes)
);
comment on table due_notice is 'What somebody is to be told before a reservation begins or ends. Moves and goes with the reservation; gone once it is told.';
CREATE INDEX due_notice_due ON public.due_notice USING btree (due_at);
CREATE INDEX due_notice_of_account ON public.due_notice USING btree (org_id, account_id);
alter table due_notice enable row level security;
create policy every_organization on due_notice for * to berth_system using (true) with check (true);
create policy one_organization on due_notice for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on due_notice to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on due_notice to berth_system;

create table event (
  position bigint generated always as identity not null,
  id uuid not null,
  org_id uuid not null,
  type text not null,
  subject_kind text not null,
  subject_id uuid not null,
  actor_id uuid,
  request_id text,
  at timestamp with time zone not null default clock_timestamp(),
  data jsonb not null,
  sequence bigint,
  log_position bigint,
  hash bytea,
  form smallint not null default 2,
  traceparent text,
  address inet,
  via_kind text,
  via_id text,
  on_behalf_of uuid,
  constraint event_sequenced_whole CHECK ((num_nonnulls(sequence, log_position, hash) = ANY (ARRAY[0, 3]))),
  constraint event_via_known CHECK ((via_kind = ANY (ARRAY['session'::text, 'token'::text, 'client'::text, 'system'::text, 'stand-in'::text]))),
  constraint event_via_whole CHECK (((via_id IS NULL) OR (via_kind IS NOT NULL))),
  constraint event_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint event_pkey PRIMARY KEY ("position")
);
comment on table event is 'One row a change, written in its transaction. Never changed, but for the place in the log the sequencer gives it once.';
comment on column event.position is 'Order of writing; events that depend on each other have it in the right order.';
comment on column event.sequence is 'Gap-free per organization, given after commit.';
comment on column event.log_position is 'Place in the log of all organizations, for readers that follow all of them.';
comment on column event.hash is 'SHA-256 of the hash before it and this row: a row changed, lost or moved breaks the chain.';
comment on column event.form is 'What the hash covers: 1 from before there were origins, 2 every column.';
comment on column event.via_kind is 'What the doer was known by; null where nobody had signed in: a link from a letter, a sign-in.';
CREATE INDEX event_by_actor ON public.event USING btree (org_id, actor_id, sequence) WHERE (sequence IS NOT NULL);
CREATE INDEX event_by_address ON public.event USING btree (org_id, address, sequence) WHERE ((sequence IS NOT NULL) AND (address IS NOT NULL));
CREATE INDEX event_by_id ON public.event USING btree (org_id, id) WHERE (sequence IS NOT NULL);
CREATE INDEX event_by_kind ON public.event USING btree (org_id, subject_kind, sequence) WHERE (sequence IS NOT NULL);
CREATE INDEX event_by_object ON public.event USING btree (org_id, subject_id, sequence) WHERE (sequence IS NOT NULL);
CREATE INDEX event_by_subject ON public.event USING btree (org_id, subject_id, "position");
CREATE INDEX event_by_time ON public.event USING btree (org_id, at) INCLUDE (sequence) WHERE (sequence IS NOT NULL);
CREATE INDEX event_by_type ON public.event USING btree (org_id, type, sequence) WHERE (sequence IS NOT NULL);
CREATE INDEX event_erasures ON public.event USING btree (org_id) WHERE (type = 'user.erased'::text);
CREATE INDEX event_unsequenced ON public.event USING btree ("position") WHERE (sequence IS NULL);
CREATE UNIQUE INDEX event_log ON public.event USING btree (log_position) WHERE (log_position IS NOT NULL);
CREATE UNIQUE INDEX event_sequence_unique ON public.event USING btree (org_id, sequence) WHERE (sequence IS NOT NULL);
CREATE TRIGGER event_keeps_its_place BEFORE UPDATE ON public.event FOR EACH ROW WHEN ((old.sequence IS NOT NULL)) EXECUTE FUNCTION event_keeps_its_place();
alter table event enable row level security;
create policy every_organization on event for * to berth_system using (true) with check (true);
create policy one_organization on event for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant INSERT, SELECT on event to berth_app;
grant INSERT, SELECT on event to berth_system;

create table event_chain (
  org_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  constraint event_chain_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint event_chain_pkey PRIMARY KEY (org_id)
);
alter table event_chain enable row level security;
create policy every_organization on event_chain for * to berth_system using (true) with check (true);
create policy one_organization on event_chain for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant SELECT on event_chain to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on event_chain to berth_system;

create table event_checkpoint (
  org_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  at timestamp with time zone not null,
  signature text not null,
  constraint event_checkpoint_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint event_checkpoint_once PRIMARY KEY (org_id, sequence)
);
comment on table event_checkpoint is 'What the chain was at an hour, signed by the installation: who writes the log anew from some place on cannot write these.';
comment on column event_checkpoint.signature is 'Compact JWS over organization, sequence, hash and instant.';
alter table event_checkpoint enable row level security;
create policy every_organization on event_checkpoint for * to berth_system using (true) with check (true);
create policy one_organization on event_checkpoint for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant SELECT on event_checkpoint to berth_app;
grant INSERT, SELECT on event_checkpoint to berth_system;

create table event_cut (
  org_id uuid not null,
  sequence bigint not null,
  at timestamp with time zone not null,
  constraint event_cut_at_checkpoint FOREIGN KEY (org_id, sequence) REFERENCES event_checkpoint(org_id, sequence),
  constraint event_cut_one PRIMARY KEY (org_id)
);
comment on table event_cut is 'Up to where the log was given up: what it holds begins after this checkpoint.';
alter table event_cut enable row level security;
create policy every_organization on event_cut for * to berth_system using (true) with check (true);
create policy one_organization on event_cut for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant SELECT on event_cut to berth_app;
grant SELECT on event_cut to berth_system;

create table event_log_head (
  only_one boolean not null default true,
  position bigint not null,
  constraint event_log_head_only_one CHECK (only_one),
  constraint event_log_head_pkey PRIMARY KEY (only_one)
);
alter table event_log_head enable row level security;
create policy reader on event_log_head for r to berth_app using (true) with check (null);
create policy system on event_log_head for * to berth_system using (true) with check (true);
grant SELECT on event_log_head to berth_app;
grant SELECT, UPDATE on event_log_head to berth_system;

create table event_parked (
  org_id uuid not null,
  reader text not null,
  sequence bigint not null,
  event_id uuid not null,
  event_type text not null,
  error text not null,
  parked_at timestamp with time zone not null,
  constraint event_parked_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint event_parked_reader_fkey FOREIGN KEY (reader) REFERENCES event_reader(name),
  constraint event_parked_once PRIMARY KEY (reader, org_id, sequence)
);
comment on table event_parked is 'An event a reader has failed at again and again. It has gone on without it; a replay hands it over once more.';
alter table event_parked enable row level security;
create policy every_organization on event_parked for * to berth_system using (true) with check (true);
create policy one_organization on event_parked for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on event_parked to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on event_parked to berth_system;

create table event_reader (
  name text not null,
  position bigint not null,
  tries integer not null default 0,
  next_try_at timestamp with time zone,
  singly_until bigint not null default 0,
  error text,
  constraint event_reader_pkey PRIMARY KEY (name)
);
comment on table event_reader is 'How far each subscriber has read the log of all organizations.';
comment on column event_reader.tries is 'How often the next event has failed.';
comment on column event_reader.next_try_at is 'It stumbled and rests until then.';
comment on column event_reader.singly_until is 'Up to this place it takes one event at a time: one of them fails.';
comment on column event_reader.error is 'Why it stumbled last; null while it goes on.';
alter table event_reader enable row level security;
create policy system on event_reader for * to berth_system using (true) with check (true);
grant INSERT, SELECT, UPDATE on event_reader to berth_system;

create table event_redaction (
  position bigint not null,
  org_id uuid not null,
  account_id uuid not null,
  digest bytea not null,
  said bytea,
  constraint event_redaction_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint event_redaction_once PRIMARY KEY ("position", account_id)
);
comment on table event_redaction is 'Events that lost their texts when a person was erased. Written by redact_events alone; user.erased seals them.';
comment on column event_redaction.digest is 'SHA-256 of what the event says since then.';
comment on column event_redaction.said is 'SHA-256 of what the event said before, so that the hash over the rest of the row can still be checked.';
CREATE INDEX event_redaction_of_account ON public.event_redaction USING btree (org_id, account_id, "position");
alter table event_redaction enable row level security;
create policy every_organization on event_redaction for * to berth_system using (true) with check (true);
create policy one_organization on event_redaction for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant SELECT on event_redaction to berth_app;
grant SELECT on event_redaction to berth_system;

create table event_replay (
  id uuid not null,
  org_id uuid not null,
  reader text not null,
  after bigint not null,
  until bigint not null,
  singly boolean not null default false,
  created_at timestamp with time zone not null,
  constraint event_replay_span CHECK (((after >= 0) AND (until > after))),
  constraint event_replay_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint event_replay_reader_fkey FOREIGN KEY (reader) REFERENCES event_reader(name),
  constraint event_replay_pkey PRIMARY KEY (id)
);
comment on table event_replay is 'A span of an organization''s log to be handed to a reader again; gone when it was.';
comment on column event_replay.after is 'Sequence of the last event that was handed over, or the one before the first.';
comment on column event_replay.singly is 'One of its events fails, so they are taken one by one.';
CREATE INDEX event_replay_of_reader ON public.event_replay USING btree (reader, created_at);
alter table event_replay enable row level security;
create policy every_organization on event_replay for * to berth_system using (true) with check (true);
create policy one_organization on event_replay for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on event_replay to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on event_replay to berth_system;

create table favourite (
  org_id uuid not null,
  account_id uuid not null,
  resource_id uuid not null,
  created_at timestamp with time zone not null,
  constraint favourite_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id),
  constraint favourite_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint favourite_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id),
  constraint favourite_pkey PRIMARY KEY (org_id, account_id, resource_id)
);
comment on table favourite is 'A resource somebody has marked; among those that fit as well it is found first.';
CREATE INDEX favourite_by_resource ON public.favourite USING btree (org_id, resource_id);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.favourite FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table favourite enable row level security;
create policy every_organization on favourite for * to berth_system using (true) with check (true);
create policy one_organization on favourite for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on favourite to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on favourite to berth_system;

create table floor (
  id uuid not null,
  org_id uuid not null,
  site_id uuid not null,
  name text not null,
  level integer,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  demo boolean not null default false,
  constraint floor_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint floor_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint floor_site FOREIGN KEY (org_id, site_id) REFERENCES site(org_id, id),
  constraint floor_pkey PRIMARY KEY (id),
  constraint floor_organization UNIQUE (org_id, id)
);
CREATE UNIQUE INDEX floor_name_unique ON public.floor USING btree (site_id, lower(name));
alter table floor enable row level security;
create policy every_organization on floor for * to berth_system using (true) with check (true);
create policy one_organization on floor for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on floor to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on floor to berth_system;

create table gate_group (
  org_id uuid not null,
  site_id uuid,
  resource_id uuid,
  verb text not null,
  group_id uuid not null,
  constraint gate_group_one_place CHECK ((num_nonnulls(site_id, resource_id) = 1)),
  constraint gate_group_verb_known CHECK ((verb = ANY (ARRAY['see'::text, 'book'::text]))),
  constraint gate_group_group FOREIGN KEY (org_id, group_id) REFERENCES people_group(org_id, id),
  constraint gate_group_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint gate_group_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id) ON DELETE CASCADE,
  constraint gate_group_site FOREIGN KEY (org_id, site_id) REFERENCES site(org_id, id) ON DELETE CASCADE,
  constraint gate_group_once UNIQUE NULLS NOT DISTINCT (site_id, resource_id, verb, group_id)
);
comment on table gate_group is 'Groups a gate opens to while its mode is groups.';
CREATE INDEX gate_group_by_group ON public.gate_group USING btree (group_id);
CREATE INDEX gate_group_by_resource ON public.gate_group USING btree (resource_id, verb) WHERE (resource_id IS NOT NULL);
alter table gate_group enable row level security;
create policy every_organization on gate_group for * to berth_system using (true) with check (true);
create policy one_organization on gate_group for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on gate_group to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on gate_group to berth_system;

create table group_member (
  org_id uuid not null,
  group_id uuid not null,
  account_id uuid not null,
  may_add_members boolean not null default false,
  created_at timestamp with time zone not null,
  provider_id uuid,
  constraint group_member_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint group_member_group FOREIGN KEY (org_id, group_id) REFERENCES people_group(org_id, id) ON DELETE CASCADE,
  constraint group_member_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint group_member_provider FOREIGN KEY (org_id, provider_id) REFERENCES identity_provider(org_id, id) ON DELETE CASCADE,
  constraint group_member_pkey PRIMARY KEY (group_id, account_id)
);
comment on column group_member.may_add_members is 'Decides who else is in the group, without managing groups.';
comment on column group_member.provider_id is 'The provider whose groups put the person here and take them out again; null where somebody did.';
CREATE INDEX group_member_by_account ON public.group_member USING btree (account_id, group_id);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.group_member FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table group_member enable row level security;
create policy every_organization on group_member for * to berth_system using (true) with check (true);
create policy one_organization on group_member for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on group_member to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on group_member to berth_system;

create table held_news (
  event_id uuid not null,
  org_id uuid not null,
  reservation_id uuid not null,
  due_at timestamp with time zone not null,
  constraint held_news_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint held_news_reservation FOREIGN KEY (org_id, reservation_id) REFERENCES reservation(org_id, id) ON DELETE CASCADE,
  constraint held_news_pkey PRIMARY KEY (event_id)
);
comment on table held_news is 'Cancellations that can still be taken back; told when that time is over, and not at all when they were. Gone then.';
CREATE INDEX held_news_due ON public.held_news USING btree (due_at);
CREATE INDEX held_news_of_reservation ON public.held_news USING btree (org_id, reservation_id);
alter table held_news enable row level security;
create policy every_organization on held_news for * to berth_system using (true) with check (true);
create policy one_organization on held_news for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on held_news to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on held_news to berth_system;

create table home_domain (
  org_id uuid not null,
  provider_id uuid not null,
  domain text not null,
  constraint home_domain_shape CHECK (((domain ~ '^[a-z0-9-]+([.][a-z0-9-]+)+$'::text) AND (char_length(domain) <= 253))),
  constraint home_domain_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint home_domain_provider FOREIGN KEY (org_id, provider_id) REFERENCES identity_provider(org_id, id) ON DELETE CASCADE,
  constraint home_domain_once PRIMARY KEY (org_id, domain)
);
comment on table home_domain is 'The provider people with addresses of a domain are offered first, of each domain one; it lets nobody in by itself.';
comment on column home_domain.domain is 'In lower case and ASCII, as names are looked up (RFC 5891).';
CREATE INDEX home_domain_by_domain ON public.home_domain USING btree (domain);
CREATE INDEX home_domain_by_provider ON public.home_domain USING btree (org_id, provider_id);
alter table home_domain enable row level security;
create policy every_organization on home_domain for * to berth_system using (true) with check (true);
create policy one_organization on home_domain for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on home_domain to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on home_domain to berth_system;

create table idempotency (
  org_id uuid not null,
  account_id uuid not null,
  key text not null,
  fingerprint bytea not null,
  result jsonb,
  created_at timestamp with time zone not null,
  constraint idempotency_key_length CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255))),
  constraint idempotency_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint idempotency_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint idempotency_key_unique PRIMARY KEY (org_id, account_id, key)
);
comment on table idempotency is 'What a request with an Idempotency-Key did, written in the same transaction and kept 24 h.';
CREATE INDEX idempotency_by_age ON public.idempotency USING btree (created_at);
alter table idempotency enable row level security;
create policy every_organization on idempotency for * to berth_system using (true) with check (true);
create policy one_organization on idempotency for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on idempotency to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on idempotency to berth_system;

create table identity_mapping (
  id uuid not null,
  org_id uuid not null,
  provider_id uuid not null,
  source text not null,
  value text not null,
  group_id uuid,
  built_in text,
  role_id uuid,
  constraint identity_mapping_one_target CHECK ((num_nonnulls(group_id, built_in, role_id) = 1)),
  constraint identity_mapping_source_known CHECK ((source = ANY (ARRAY['group'::text, 'role'::text]))),
  constraint identity_mapping_value_length CHECK (((char_length(value) >= 1) AND (char_length(value) <= 500))),
  constraint identity_mapping_group FOREIGN KEY (org_id, group_id) REFERENCES people_group(org_id, id) ON DELETE CASCADE,
  constraint identity_mapping_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint identity_mapping_provider FOREIGN KEY (org_id, provider_id) REFERENCES identity_provider(org_id, id) ON DELETE CASCADE,
  constraint identity_mapping_role FOREIGN KEY (org_id, role_id) REFERENCES role(org_id, id),
  constraint identity_mapping_pkey PRIMARY KEY (id),
  constraint identity_mapping_once UNIQUE NULLS NOT DISTINCT (provider_id, source, value, group_id, built_in, role_id)
);
comment on table identity_mapping is 'Who has this group or role at the provider is in this group, or has this role, here; applied at every sign-in.';
alter table identity_mapping enable row level security;
create policy every_organization on identity_mapping for * to berth_system using (true) with check (true);
create policy one_organization on identity_mapping for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on identity_mapping to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on identity_mapping to berth_system;

create table identity_provider (
  id uuid not null,
  org_id uuid not null,
  key text not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  secret_sealed bytea,
  scopes text[] not null,
  prompt text,
  max_age integer,
  admits text not null,
  new_role text not null,
  domains text[] not null default '{}'::text[],
  trusts_emails boolean not null default false,
  second_factor_values text[] not null default '{}'::text[],
  claims jsonb not null,
  position integer not null,
  enabled boolean not null default true,
  configured_by uuid not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint identity_provider_admits_known CHECK ((admits = ANY (ARRAY['linked'::text, 'invited'::text, 'anyone'::text]))),
  constraint identity_provider_issuer_shape CHECK (((issuer ~ '^https?://'::text) AND (char_length(issuer) <= 500))),
  constraint identity_provider_key_shape CHECK ((key ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'::text)),
  constraint identity_provider_max_age_range CHECK (((max_age >= 0) AND (max_age <= 31536000))),
  constraint identity_provider_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  constraint identity_provider_new_role_known CHECK ((new_role = ANY (ARRAY['admin'::text, 'user'::text, 'guest'::text]))),
  constraint identity_provider_prompt_known CHECK ((prompt = ANY (ARRAY['login'::text, 'consent'::text, 'select_account'::text]))),
  constraint identity_provider_configured_by FOREIGN KEY (org_id, configured_by) REFERENCES account(org_id, id),
  constraint identity_provider_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint identity_provider_pkey PRIMARY KEY (id),
  constraint identity_provider_key_unique UNIQUE (key),
  constraint identity_provider_organization UNIQUE (org_id, id)
);
comment on table identity_provider is 'OpenID providers people sign in with; the key stands in the redirect URI and is unique in the installation.';
comment on column identity_provider.admits is 'Who comes in: people who linked an account, also who was invited, or anyone it knows.';
comment on column identity_provider.second_factor_values is 'Values of amr or acr that count as our second factor; empty is none.';
comment on column identity_provider.configured_by is 'Whose rights bound what it gives: who changed it last.';
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF configured_by ON public.identity_provider FOR EACH ROW EXECUTE FUNCTION account_not_merged('configured_by');
alter table identity_provider enable row level security;
create policy every_organization on identity_provider for * to berth_system using (true) with check (true);
create policy one_organization on identity_provider for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on identity_provider to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on identity_provider to berth_system;

create table imported_event (
  org_id uuid not null,
  account_id uuid not null,
  uid text not null,
  recurrence_id text not null,
  fingerprint text not null,
  reservation_id uuid,
  series_id uuid,
  imported_at timestamp with time zone not null,
  constraint imported_event_became_one CHECK ((num_nonnulls(reservation_id, series_id) = 1)),
  constraint imported_event_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint imported_event_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint imported_event_reservation FOREIGN KEY (org_id, reservation_id) REFERENCES reservation(org_id, id) ON DELETE CASCADE,
  constraint imported_event_series FOREIGN KEY (org_id, series_id) REFERENCES series(org_id, id) ON DELETE CASCADE,
  constraint imported_event_pkey PRIMARY KEY (org_id, account_id, uid, recurrence_id)
);
comment on table imported_event is 'Events of calendars by UID and RECURRENCE-ID (RFC 5545), for each person who brought them in.';
comment on column imported_event.recurrence_id is 'As the file has it; empty for what is no change of a date.';
comment on column imported_event.fingerprint is 'SHA-256 of the request it became: an event that says the same once more changes nothing.';
CREATE INDEX imported_event_of_reservation ON public.imported_event USING btree (org_id, reservation_id) WHERE (reservation_id IS NOT NULL);
CREATE INDEX imported_event_of_series ON public.imported_event USING btree (org_id, series_id) WHERE (series_id IS NOT NULL);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.imported_event FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table imported_event enable row level security;
create policy every_organization on imported_event for * to berth_system using (true) with check (true);
create policy one_organization on imported_event for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on imported_event to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on imported_event to berth_system;

create table installation (
  only_one boolean not null default true,
  setup_token_hash bytea,
  organization_id uuid,
  set_up_at timestamp with time zone,
  constraint installation_only_one CHECK (only_one),
  constraint installation_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization(id),
  constraint installation_pkey PRIMARY KEY (only_one)
);
comment on table installation is 'One row: whether Berth was set up. Of parallel set-ups the one that fills it wins.';
alter table installation enable row level security;
create policy system on installation for * to berth_system using (true) with check (true);
grant SELECT, UPDATE on installation to berth_system;

create table job (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  kind text not null,
  request jsonb not null,
  state text not null default 'queued'::text,
  done integer not null,
  total integer not null,
  results jsonb not null default '[]'::jsonb,
  problem jsonb,
  attempt integer not null default 0,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  traceparent text,
  constraint job_done_is_whole CHECK (((state <> 'done'::text) OR (done = total))),
  constraint job_ended CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
  constraint job_failed_for_a_reason CHECK (((state = 'failed'::text) = (problem IS NOT NULL))),
  constraint job_leased_while_running CHECK (((state = 'running'::text) = (lease_until IS NOT NULL))),
  constraint job_progress_range CHECK (((done >= 0) AND (done <= total))),
  constraint job_state_known CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint job_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint job_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint job_pkey PRIMARY KEY (id),
  constraint job_organization UNIQUE (org_id, id)
);
comment on table job is 'Work too long for a request. Who runs it holds a lease; when that has run out another goes on from what is done.';
comment on column job.attempt is 'Counts who took it: one whose lease was taken over writes nothing any more.';
comment on column job.traceparent is 'W3C trace of the request that asked for it; what the job does is told with it.';
CREATE INDEX job_of_account ON public.job USING btree (org_id, account_id, id);
CREATE INDEX job_to_take ON public.job USING btree (created_at, id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table job enable row level security;
create policy every_organization on job for * to berth_system using (true) with check (true);
create policy one_organization on job for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on job to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on job to berth_system;

create table linked_identity (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  provider_id uuid not null,
  subject text not null,
  label text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint linked_identity_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint linked_identity_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint linked_identity_provider FOREIGN KEY (org_id, provider_id) REFERENCES identity_provider(org_id, id) ON DELETE CASCADE,
  constraint linked_identity_pkey PRIMARY KEY (id),
  constraint account_keeps_way_in TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint linked_identity_once UNIQUE (provider_id, subject),
  constraint linked_identity_one_each UNIQUE (account_id, provider_id)
);
comment on table linked_identity is 'Whose account is whose at a provider: by its subject, never by an address.';
CREATE CONSTRAINT TRIGGER account_keeps_way_in AFTER DELETE ON public.linked_identity DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION account_keeps_way_in();
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.linked_identity FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table linked_identity enable row level security;
create policy every_organization on linked_identity for * to berth_system using (true) with check (true);
create policy one_organization on linked_identity for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on linked_identity to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on linked_identity to berth_system;

create table mail (
  id uuid not null,
  org_id uuid not null,
  account_id uuid,
  kind text not null,
  letter_sealed bytea,
  state text not null default 'waiting'::text,
  attempt integer not null default 0,
  next_try_at timestamp with time zone not null,
  useful_until timestamp with time zone not null,
  reason text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint mail_ended CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  constraint mail_letter_while_waiting CHECK (((state = 'waiting'::text) = (letter_sealed IS NOT NULL))),
  constraint mail_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'refused'::text, 'expired'::text]))),
  constraint mail_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint mail_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint mail_pkey PRIMARY KEY (id)
);
comment on table mail is 'Letters, posted in the transaction that had a reason to write. Who sends one holds it until next_try_at; its id is the message id of every try.';
comment on column mail.letter_sealed is 'Recipient and words, sealed: they may hold a link that opens an account. Gone once the letter is over.';
comment on column mail.reason is 'Why it was not sent: codes, never what the server wrote.';
CREATE INDEX mail_of_account ON public.mail USING btree (org_id, account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX mail_to_send ON public.mail USING btree (next_try_at, id) WHERE (state = 'waiting'::text);
alter table mail enable row level security;
create policy every_organization on mail for * to berth_system using (true) with check (true);
create policy one_organization on mail for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on mail to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on mail to berth_system;

create table notification (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  kind text not null,
  cause text not null,
  subject_kind text not null,
  subject_id uuid not null,
  facts jsonb not null,
  target jsonb not null default '{}'::jsonb,
  verbs text[] not null default '{}'::text[],
  in_app boolean not null,
  needs_action boolean not null default false,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  snoozed_until timestamp with time zone,
  acted_at timestamp with time zone,
  digest_due_at timestamp with time zone,
  constraint notification_documents CHECK (((jsonb_typeof(facts) = 'object'::text) AND (jsonb_typeof(target) = 'object'::text))),
  constraint notification_done_asks_nothing CHECK (((acted_at IS NULL) OR (NOT needs_action))),
  constraint notification_kind_known CHECK ((kind = ANY (ARRAY['booking-confirmed'::text, 'booking-changed'::text, 'booking-cancelled'::text, 'booking-transferred'::text, 'booking-affected'::text, 'reminder'::text, 'check-in-due'::text, 'no-show'::text, 'ending-soon'::text, 'approval-asked'::text, 'approval-decided'::text, 'approval-expired'::text, 'question-asked'::text, 'question-answered'::text, 'waitlist-offered'::text, 'waitlist-expired'::text, 'provisioning'::text, 'job-ended'::text, 'quota-warning'::text, 'webhook-disabled'::text, 'security'::text]))),
  constraint notification_verbs_known CHECK ((verbs <@ ARRAY['approve'::text, 'reject'::text, 'accept'::text, 'decline'::text, 'check-in'::text, 'extend'::text, 'open'::text])),
  constraint notification_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint notification_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint notification_pkey PRIMARY KEY (id),
  constraint notification_once UNIQUE (org_id, account_id, kind, cause),
  constraint notification_organization UNIQUE (org_id, id)
);
comment on table notification is 'Something somebody is told, once for each cause; also what only goes out as a letter, so that it goes out once.';
comment on column notification.cause is 'What made it: the id of an event, or what fell due. The same one tells the same person nothing twice.';
comment on column notification.facts is 'What the words of it need, as it was when it was told.';
comment on column notification.in_app is 'Shown in the notification centre; the rest is told in another way.';
comment on column notification.digest_due_at is 'It waits for the letter that tells several at once, which is due then.';
CREATE INDEX notification_by_age ON public.notification USING btree (at);
CREATE INDEX notification_done ON public.notification USING btree (org_id, subject_id) WHERE (acted_at IS NOT NULL);
CREATE INDEX notification_for_digest ON public.notification USING btree (digest_due_at) WHERE (digest_due_at IS NOT NULL);
CREATE INDEX notification_of_account ON public.notification USING btree (org_id, account_id, at DESC, id DESC) WHERE in_app;
CREATE INDEX notification_open ON public.notification USING btree (org_id, subject_id) WHERE needs_action;
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.notification FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table notification enable row level security;
create policy every_organization on notification for * to berth_system using (true) with check (true);
create policy one_organization on notification for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on notification to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on notification to berth_system;

create table notification_preference (
  account_id uuid not null,
  org_id uuid not null,
  preset text not null,
  matrix jsonb,
  quiet_from text,
  quiet_to text,
  quiet_time_zone text,
  digest text not null,
  digest_at text not null,
  reminder_lead_minutes integer[] not null,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  constraint notification_preference_digest_at CHECK ((digest_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint notification_preference_digest_known CHECK ((digest = ANY (ARRAY['off'::text, 'daily'::text, 'weekly'::text]))),
  constraint notification_preference_leads CHECK (((cardinality(reminder_lead_minutes) <= 3) AND (1 <= ALL (reminder_lead_minutes)) AND (10080 >= ALL (reminder_lead_minutes)))),
  constraint notification_preference_own_matrix CHECK (((preset = 'own'::text) = (matrix IS NOT NULL))),
  constraint notification_preference_preset_known CHECK ((preset = ANY (ARRAY['quiet'::text, 'normal'::text, 'everything'::text, 'own'::text]))),
  constraint notification_preference_quiet_lasts CHECK ((quiet_from <> quiet_to)),
  constraint notification_preference_quiet_whole CHECK ((num_nonnulls(quiet_from, quiet_to, quiet_time_zone) = ANY (ARRAY[0, 3]))),
  constraint notification_preference_times CHECK (((quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text) AND (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text))),
  constraint notification_preference_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint notification_preference_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint notification_preference_pkey PRIMARY KEY (account_id)
);
comment on table notification_preference is 'How somebody who chose wants to be told; others are told as the normal preset says.';
comment on column notification_preference.quiet_from is 'Wall clock in quiet_time_zone, like 22:00; mail and push wait until quiet_to.';
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.notification_preference FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table notification_preference enable row level security;
create policy every_organization on notification_preference for * to berth_system using (true) with check (true);
create policy one_organization on notification_preference for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on notification_preference to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on notification_preference to berth_system;

create table oauth_client (
  id uuid not null,
  org_id uuid not null,
  owner_id uuid not null,
  name text not null,
  type text not null,
  grant_types text[] not null,
  redirect_uris text[] not null,
  scopes text[] not null,
  per_minute integer not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  site_ids uuid[],
  resource_ids uuid[],
  constraint oauth_client_credentials_are_secret CHECK (((type = 'confidential'::text) OR ('client_credentials'::text <> ALL (grant_types)))),
  constraint oauth_client_grant_types_known CHECK ((((cardinality(grant_types) >= 1) AND (cardinality(grant_types) <= 4)) AND (grant_types <@ ARRAY['client_credentials'::text, 'authorization_code'::text, 'refresh_token'::text, 'urn:ietf:params:oauth:grant-type:device_code'::text]))),
  constraint oauth_client_has_scopes CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 100))),
  constraint oauth_client_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  constraint oauth_client_per_minute_range CHECK (((per_minute >= 10) AND (per_minute <= 1000000))),
  constraint oauth_client_places_few CHECK ((((cardinality(site_ids) + cardinality(resource_ids)) >= 1) AND ((cardinality(site_ids) + cardinality(resource_ids)) <= 50))),
  constraint oauth_client_places_whole CHECK (((site_ids IS NULL) = (resource_ids IS NULL))),
  constraint oauth_client_redirect_uris_few CHECK ((cardinality(redirect_uris) <= 20)),
  constraint oauth_client_redirects_somewhere CHECK ((('authorization_code'::text = ANY (grant_types)) = (cardinality(redirect_uris) > 0))),
  constraint oauth_client_type_known CHECK ((type = ANY (ARRAY['confidential'::text, 'public'::text]))),
  constraint oauth_client_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint oauth_client_owner FOREIGN KEY (org_id, owner_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint oauth_client_pkey PRIMARY KEY (id),
  constraint oauth_client_of_organization UNIQUE (org_id, id)
);
comment on table oauth_client is 'A program that asks for tokens. What one may do is never more than this, its owner or the person who allowed it.';
comment on column oauth_client.owner_id is 'Whose rights a token has that the client asked for by itself.';
comment on column oauth_client.redirect_uris is 'Compared letter by letter.';
comment on column oauth_client.scopes is 'Permissions it may ask for; what it loses its tokens lose.';
comment on column oauth_client.site_ids is 'Sites it is good at; null, as resource_ids then, where it is good everywhere. A place that is gone opens nothing.';
comment on column oauth_client.resource_ids is 'Resources it is good for, with what they consist of.';
CREATE INDEX oauth_client_by_owner ON public.oauth_client USING btree (org_id, owner_id);
CREATE UNIQUE INDEX oauth_client_name_unique ON public.oauth_client USING btree (org_id, lower(name)) WHERE (revoked_at IS NULL);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF owner_id ON public.oauth_client FOR EACH ROW EXECUTE FUNCTION account_not_merged('owner_id');
alter table oauth_client enable row level security;
create policy every_organization on oauth_client for * to berth_system using (true) with check (true);
create policy one_organization on oauth_client for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on oauth_client to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on oauth_client to berth_system;

create table oauth_client_secret (
  org_id uuid not null,
  client_id uuid not null,
  is_current boolean not null,
  hash bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint oauth_client_secret_overlap_ends CHECK ((is_current = (expires_at IS NULL))),
  constraint oauth_client_secret_client FOREIGN KEY (org_id, client_id) REFERENCES oauth_client(org_id, id) ON DELETE CASCADE,
  constraint oauth_client_secret_two_at_most PRIMARY KEY (client_id, is_current)
);
comment on table oauth_client_secret is 'The secret of a client and the one before it, which is good a while longer. Only hashes are kept.';
CREATE INDEX oauth_client_secret_of_client ON public.oauth_client_secret USING btree (org_id, client_id);
alter table oauth_client_secret enable row level security;
create policy every_organization on oauth_client_secret for * to berth_system using (true) with check (true);
create policy one_organization on oauth_client_secret for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on oauth_client_secret to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on oauth_client_secret to berth_system;

create table oauth_client_use (
  org_id uuid not null,
  client_id uuid not null,
  day date not null,
  requests integer not null,
  constraint oauth_client_use_some CHECK ((requests > 0)),
  constraint oauth_client_use_of FOREIGN KEY (org_id, client_id) REFERENCES oauth_client(org_id, id) ON DELETE CASCADE,
  constraint oauth_client_use_pkey PRIMARY KEY (org_id, client_id, day)
);
comment on table oauth_client_use is 'Requests a day, by UTC. Written in lots; forgotten after a month.';
CREATE INDEX oauth_client_use_by_day ON public.oauth_client_use USING btree (day);
alter table oauth_client_use enable row level security;
create policy every_organization on oauth_client_use for * to berth_system using (true) with check (true);
create policy one_organization on oauth_client_use for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on oauth_client_use to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on oauth_client_use to berth_system;

create table oauth_device_code (
  id uuid not null,
  org_id uuid not null,
  client_id uuid not null,
  device_hash bytea not null,
  user_code text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  interval_s integer not null,
  polled_at timestamp with time zone,
  denied_at timestamp with time zone,
  grant_id uuid,
  used_at timestamp with time zone,
  constraint oauth_device_code_answered_once CHECK ((num_nonnulls(denied_at, grant_id) <= 1)),
  constraint oauth_device_code_used_if_allowed CHECK (((used_at IS NULL) OR (grant_id IS NOT NULL))),
  constraint oauth_device_code_client FOREIGN KEY (org_id, client_id) REFERENCES oauth_client(org_id, id) ON DELETE CASCADE,
  constraint oauth_device_code_grant FOREIGN KEY (org_id, grant_id) REFERENCES oauth_grant(org_id, id) ON DELETE CASCADE,
  constraint oauth_device_code_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint oauth_device_code_pkey PRIMARY KEY (id),
  constraint oauth_device_code_device_unique UNIQUE (device_hash),
  constraint oauth_device_code_user_unique UNIQUE (user_code)
);
comment on table oauth_device_code is 'A device that waits for somebody to type its code into the console (RFC 8628).';
CREATE INDEX oauth_device_code_of_client ON public.oauth_device_code USING btree (org_id, client_id);
CREATE INDEX oauth_device_code_of_grant ON public.oauth_device_code USING btree (org_id, grant_id) WHERE (grant_id IS NOT NULL);
CREATE INDEX oauth_device_code_to_forget ON public.oauth_device_code USING btree (expires_at);
alter table oauth_device_code enable row level security;
create policy every_organization on oauth_device_code for * to berth_system using (true) with check (true);
create policy one_organization on oauth_device_code for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on oauth_device_code to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on oauth_device_code to berth_system;

create table oauth_grant (
  id uuid not null,
  org_id uuid not null,
  client_id uuid not null,
  account_id uuid not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  redirect_uri text,
  code_hash bytea,
  code_challenge text,
  code_expires_at timestamp with time zone,
  code_used_at timestamp with time zone,
  refresh_hash bytea,
  previous_hash bytea,
  successor_sealed bytea,
  rotated_at timestamp with time zone,
  refresh_expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_reason text,
  constraint oauth_grant_code_used CHECK (((code_used_at IS NULL) OR (code_hash IS NOT NULL))),
  constraint oauth_grant_code_whole CHECK ((num_nonnulls(redirect_uri, code_hash, code_challenge, code_expires_at) = ANY (ARRAY[0, 4]))),
  constraint oauth_grant_has_scopes CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 100))),
  constraint oauth_grant_reason_known CHECK ((revoked_reason = ANY (ARRAY['by-person'::text, 'by-client'::text, 'code-reuse'::text, 'token-reuse'::text]))),
  constraint oauth_grant_refresh_whole CHECK (((refresh_hash IS NULL) = (refresh_expires_at IS NULL))),
  constraint oauth_grant_revoked_for CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL))),
  constraint oauth_grant_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint oauth_grant_client FOREIGN KEY (org_id, client_id) REFERENCES oauth_client(org_id, id) ON DELETE CASCADE,
  constraint oauth_grant_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint oauth_grant_pkey PRIMARY KEY (id),
  constraint oauth_grant_code_unique UNIQUE (code_hash),
  constraint oauth_grant_of_organization UNIQUE (org_id, id)
);
comment on table oauth_grant is 'A client one person allowed some scopes. Its code is good once; its refresh token is another one after each use.';
comment on column oauth_grant.code_challenge is 'SHA-256 of the verifier (RFC 7636, S256), base64url.';
CREATE INDEX oauth_grant_by_account ON public.oauth_grant USING btree (org_id, account_id, created_at);
CREATE INDEX oauth_grant_of_client ON public.oauth_grant USING btree (org_id, client_id);
alter table oauth_grant enable row level security;
create policy every_organization on oauth_grant for * to berth_system using (true) with check (true);
create policy one_organization on oauth_grant for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on oauth_grant to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on oauth_grant to berth_system;

create table occupancy (
  org_id uuid not null,
  leaf_id uuid not null,
  lane smallint not null,
  s timestamp with time zone not null,
  e timestamp with time zone not null,
  reservation_id uuid not null,
  hold_until timestamp with time zone,
  constraint occupancy_lane_positive CHECK ((lane > 0)),
  constraint occupancy_one_day CHECK (((e - s) <= '1 day'::interval)),
  constraint occupancy_ordered CHECK ((e > s)),
  constraint occupancy_leaf FOREIGN KEY (org_id, leaf_id) REFERENCES resource(org_id, id),
  constraint occupancy_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint occupancy_reservation FOREIGN KEY (org_id, reservation_id) REFERENCES reservation(org_id, id),
  constraint occupancy_pkey PRIMARY KEY (reservation_id, leaf_id, lane, s),
  constraint occupancy_no_overlap EXCLUDE USING gist (leaf_id WITH =, lane WITH =, tstzrange(s, e) WITH &&)
);
comment on table occupancy is 'Time that is blocked, buffers included. A row exists exactly while it is: cancelling deletes it.';
comment on column occupancy.hold_until is 'Set while the row is only a hold; readers ignore it once this instant has passed.';
CREATE INDEX occupancy_lane ON public.occupancy USING btree (leaf_id, lane, s) INCLUDE (e, hold_until);
alter table occupancy enable row level security;
create policy every_organization on occupancy for * to berth_system using (true) with check (true);
create policy one_organization on occupancy for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on occupancy to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on occupancy to berth_system;

create table one_time_code (
  account_id uuid not null,
  org_id uuid not null,
  secret_sealed bytea not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step bigint,
  failed_at timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  failures_in_a_row integer not null default 0,
  constraint one_time_code_cap CHECK (((failures_in_a_row >= 0) AND (failures_in_a_row <= 100))),
  constraint one_time_code_few_failures CHECK ((cardinality(failed_at) <= 5)),
  constraint one_time_code_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint one_time_code_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint one_time_code_pkey PRIMARY KEY (account_id)
);
comment on table one_time_code is 'The app that makes codes for an account (TOTP, RFC 6238); asked for at sign-in once it is confirmed.';
comment on column one_time_code.last_step is 'The newest time step a code of which was taken: none of it or before is taken again.';
comment on column one_time_code.failures_in_a_row is 'At 100 no code is looked at any more until a recovery code is used.';
alter table one_time_code enable row level security;
create policy every_organization on one_time_code for * to berth_system using (true) with check (true);
create policy one_organization on one_time_code for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on one_time_code to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on one_time_code to berth_system;

create table organization (
  id uuid not null,
  name text not null,
  time_zone text not null,
  language text not null default 'en'::text,
  week_start smallint not null default 1,
  registration_open boolean not null default false,
  demo boolean not null default false,
  policy jsonb not null default '{}'::jsonb,
  hours jsonb,
  epoch bigint not null default 1,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  demo_undo_until timestamp with time zone,
  password_preset text not null default 'standard'::text,
  second_factor_roles text[] not null default '{}'::text[],
  may_erase_oneself boolean not null default false,
  audit_keep_days integer,
  constraint organization_audit_keep_days CHECK (((audit_keep_days >= 90) AND (audit_keep_days <= 36500))),
  constraint organization_demo_here_or_removed CHECK (((NOT demo) OR (demo_undo_until IS NULL))),
  constraint organization_language_known CHECK ((language = ANY (ARRAY['en'::text, 'es'::text, 'fr'::text, 'de'::text]))),
  constraint organization_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint organization_password_preset_known CHECK ((password_preset = ANY (ARRAY['standard'::text, 'composition'::text]))),
  constraint organization_week_start_range CHECK (((week_start >= 1) AND (week_start <= 7))),
  constraint organization_pkey PRIMARY KEY (id)
);
comment on table organization is 'Who shares resources; nothing crosses from one to another.';
comment on column organization.demo is 'Demo data is there.';
comment on column organization.policy is 'Booking policy every resource inherits (engine §3), only what differs from the defaults.';
comment on column organization.hours is 'Weekly business hours every resource inherits; null is always open.';
comment on column organization.epoch is 'Bumped by every change a resource inherits from; a booking judged under an older epoch is judged again.';
comment on column organization.demo_undo_until is 'The demo data was removed and can come back until then; the worker forgets it afterwards.';
comment on column organization.second_factor_roles is 'Roles whose people must have a second factor; who has none sets one up at the next sign-in.';
comment on column organization.may_erase_oneself is 'People may erase themselves, without asking who looks after people.';
comment on column organization.audit_keep_days is 'How long events are kept; null for ever.';
CREATE TRIGGER organization_has_a_tier AFTER INSERT ON public.organization FOR EACH ROW EXECUTE FUNCTION give_standard_tier();
alter table organization enable row level security;
create policy every_organization on organization for * to berth_system using (true) with check (true);
create policy one_organization on organization for * to berth_app using ((id = ( SELECT current_org() AS current_org))) with check ((id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on organization to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on organization to berth_system;

create table passkey (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  name text not null,
  credential_id bytea not null,
  public_key bytea not null,
  rp_id text not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  backed_up boolean not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkey_counter_counts CHECK ((counter >= 0)),
  constraint passkey_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  constraint passkey_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint passkey_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint passkey_pkey PRIMARY KEY (id),
  constraint account_keeps_way_in TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint passkey_credential_unique UNIQUE (credential_id)
);
comment on table passkey is 'A key pair an authenticator made for an account (WebAuthn); the private half never leaves it.';
comment on column passkey.rp_id is 'The host it was made for. A browser offers it there and nowhere else.';
comment on column passkey.counter is 'What the authenticator counted when it was used last; 0 for those that do not count.';
comment on column passkey.backed_up is 'A copy is kept somewhere, as synchronised passkeys are.';
CREATE INDEX passkey_by_account ON public.passkey USING btree (org_id, account_id, created_at);
CREATE CONSTRAINT TRIGGER account_keeps_way_in AFTER DELETE ON public.passkey DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION account_keeps_way_in();
alter table passkey enable row level security;
create policy every_organization on passkey for * to berth_system using (true) with check (true);
create policy one_organization on passkey for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on passkey to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on passkey to berth_system;

create table passkey_challenge (
  hash bytea not null,
  purpose text not null,
  account_id uuid,
  expires_at timestamp with time zone not null,
  constraint passkey_challenge_of_somebody CHECK (((purpose = 'sign-in'::text) = (account_id IS NULL))),
  constraint passkey_challenge_purpose_known CHECK ((purpose = ANY (ARRAY['enrolment'::text, 'sign-in'::text, 'second-step'::text]))),
  constraint passkey_challenge_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE,
  constraint passkey_challenge_pkey PRIMARY KEY (hash)
);
comment on table passkey_challenge is 'What an authenticator has to sign next, good once and for five minutes. Before a sign-in nobody knows whose it is.';
CREATE INDEX passkey_challenge_by_age ON public.passkey_challenge USING btree (expires_at);
alter table passkey_challenge enable row level security;
create policy system on passkey_challenge for * to berth_system using (true) with check (true);
grant DELETE, INSERT, SELECT, UPDATE on passkey_challenge to berth_system;

create table password_request (
  id uuid not null,
  login_sealed bytea not null,
  request_id text not null,
  created_at timestamp with time zone not null,
  constraint password_request_pkey PRIMARY KEY (id)
);
comment on table password_request is 'Who says to have forgotten a password. Answered before anybody looks whether there is such a person, so that the answer tells nothing.';
alter table password_request enable row level security;
create policy system on password_request for * to berth_system using (true) with check (true);
grant DELETE, INSERT, SELECT, UPDATE on password_request to berth_system;

create table people_group (
  id uuid not null,
  org_id uuid not null,
  name text not null,
  description text,
  kind text not null,
  roles text[],
  domains text[],
  version integer not null default 1,
  created_at timestamp with time zone not null,
  demo boolean not null default false,
  constraint people_group_domains_some CHECK ((cardinality(domains) > 0)),
  constraint people_group_kind_known CHECK ((kind = ANY (ARRAY['static'::text, 'rule'::text]))),
  constraint people_group_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint people_group_roles_known CHECK (((cardinality(roles) > 0) AND (roles <@ ARRAY['admin'::text, 'user'::text, 'guest'::text]))),
  constraint people_group_rule_whole CHECK (((kind = 'rule'::text) = (num_nonnulls(roles, domains) > 0))),
  constraint people_group_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint people_group_pkey PRIMARY KEY (id),
  constraint people_group_organization UNIQUE (org_id, id)
);
comment on table people_group is 'People who share gates, approvals or roles; of kind rule it has whoever fits every condition that is set.';
comment on column people_group.roles is 'Condition: account.role is one of these.';
comment on column people_group.domains is 'Condition: the e-mail address is proved, and at one of these, in lower case.';
CREATE UNIQUE INDEX people_group_name_unique ON public.people_group USING btree (lower(name), org_id);
alter table people_group enable row level security;
create policy every_organization on people_group for * to berth_system using (true) with check (true);
create policy one_organization on people_group for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on people_group to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on people_group to berth_system;

create table proved_identity (
  id uuid not null,
  org_id uuid not null,
  provider_id uuid not null,
  token_hash bytea not null,
  identity_sealed bytea not null,
  used_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  constraint proved_identity_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint proved_identity_provider FOREIGN KEY (org_id, provider_id) REFERENCES identity_provider(org_id, id) ON DELETE CASCADE,
  constraint proved_identity_pkey PRIMARY KEY (id),
  constraint proved_identity_organization UNIQUE (org_id, id),
  constraint proved_identity_token_unique UNIQUE (token_hash)
);
comment on table proved_identity is 'Somebody a provider vouched for, until a session is opened or a link made, once; then what signing out there needs.';
CREATE INDEX proved_identity_by_expiry ON public.proved_identity USING btree (expires_at);
alter table proved_identity enable row level security;
create policy every_organization on proved_identity for * to berth_system using (true) with check (true);
create policy one_organization on proved_identity for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on proved_identity to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on proved_identity to berth_system;

create table push_key (
  only_one boolean not null default true,
  public_key text not null,
  private_sealed bytea not null,
  created_at timestamp with time zone not null,
  constraint push_key_only_one CHECK (only_one),
  constraint push_key_pkey PRIMARY KEY (only_one)
);
comment on table push_key is 'The VAPID keys (RFC 8292) browsers know this installation by: made once, the private half sealed.';
alter table push_key enable row level security;
create policy system on push_key for * to berth_system using (true) with check (true);
grant INSERT, SELECT on push_key to berth_system;

create table push_message (
  id uuid not null,
  org_id uuid not null,
  subscription_id uuid not null,
  notification_id uuid not null,
  words_sealed bytea not null,
  attempt integer not null default 0,
  next_try_at timestamp with time zone not null,
  useful_until timestamp with time zone not null,
  constraint push_message_notification FOREIGN KEY (org_id, notification_id) REFERENCES notification(org_id, id) ON DELETE CASCADE,
  constraint push_message_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint push_message_subscription FOREIGN KEY (org_id, subscription_id) REFERENCES push_subscription(org_id, id) ON DELETE CASCADE,
  constraint push_message_pkey PRIMARY KEY (id),
  constraint push_message_once UNIQUE (subscription_id, notification_id)
);
comment on table push_message is 'Waits to be sent to a browser; who sends it holds it until next_try_at. Gone once it is over.';
CREATE INDEX push_message_due ON public.push_message USING btree (next_try_at, id);
CREATE INDEX push_message_of_notification ON public.push_message USING btree (org_id, notification_id);
alter table push_message enable row level security;
create policy every_organization on push_message for * to berth_system using (true) with check (true);
create policy one_organization on push_message for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on push_message to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on push_message to berth_system;

create table push_subscription (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  endpoint text not null,
  keys_sealed bytea not null,
  user_agent text,
  created_at timestamp with time zone not null,
  last_sent_at timestamp with time zone,
  constraint push_subscription_endpoint_length CHECK (((char_length(endpoint) >= 1) AND (char_length(endpoint) <= 1000))),
  constraint push_subscription_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint push_subscription_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint push_subscription_pkey PRIMARY KEY (id),
  constraint push_subscription_endpoint UNIQUE (org_id, endpoint),
  constraint push_subscription_organization UNIQUE (org_id, id)
);
comment on table push_subscription is 'A browser that shows notifications (RFC 8030). Its keys encrypt what is sent to it, so that nobody between can read it.';
CREATE INDEX push_subscription_of_account ON public.push_subscription USING btree (org_id, account_id);
alter table push_subscription enable row level security;
create policy every_organization on push_subscription for * to berth_system using (true) with check (true);
create policy one_organization on push_subscription for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on push_subscription to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on push_subscription to berth_system;

create table quota_exception (
  rule_id uuid not null,
  account_id uuid not null,
  org_id uuid not null,
  limit_value integer,
  until timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint quota_exception_limit_range CHECK (((limit_value >= 0) AND (limit_value <= 1000000))),
  constraint quota_exception_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint quota_exception_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint quota_exception_rule FOREIGN KEY (org_id, rule_id) REFERENCES quota_rule(org_id, id) ON DELETE CASCADE,
  constraint quota_exception_once PRIMARY KEY (rule_id, account_id)
);
comment on column quota_exception.limit_value is 'Instead of that of the rule; null is without limit.';
CREATE INDEX quota_exception_by_account ON public.quota_exception USING btree (org_id, account_id);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.quota_exception FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table quota_exception enable row level security;
create policy every_organization on quota_exception for * to berth_system using (true) with check (true);
create policy one_organization on quota_exception for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on quota_exception to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on quota_exception to berth_system;

create table quota_rule (
  id uuid not null,
  org_id uuid not null,
  name text not null,
  who_kind text not null,
  who_id text,
  what_kind text not null,
  what_id uuid,
  measure text not null,
  window_kind text,
  limit_value integer not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  demo boolean not null default false,
  constraint quota_rule_limit_range CHECK (((limit_value >= 0) AND (limit_value <= 1000000))),
  constraint quota_rule_measure_known CHECK ((measure = ANY (ARRAY['time'::text, 'count'::text, 'concurrent'::text, 'ahead'::text]))),
  constraint quota_rule_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  constraint quota_rule_what_known CHECK ((what_kind = ANY (ARRAY['everything'::text, 'type'::text, 'site'::text, 'resource'::text]))),
  constraint quota_rule_what_whole CHECK (((what_kind = 'everything'::text) = (what_id IS NULL))),
  constraint quota_rule_who_known CHECK ((who_kind = ANY (ARRAY['everyone'::text, 'person'::text, 'group'::text, 'role'::text]))),
  constraint quota_rule_who_whole CHECK (((who_kind = 'everyone'::text) = (who_id IS NULL))),
  constraint quota_rule_window_known CHECK ((window_kind = ANY (ARRAY['day'::text, 'week'::text, 'month'::text]))),
  constraint quota_rule_window_whole CHECK (((measure = ANY (ARRAY['time'::text, 'count'::text])) = (window_kind IS NOT NULL))),
  constraint quota_rule_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint quota_rule_pkey PRIMARY KEY (id),
  constraint quota_rule_organization UNIQUE (org_id, id)
);
comment on table quota_rule is 'A limit for each person of some, on reservations of some resources; part of the terms of these, so writing one bumps the epoch.';
comment on column quota_rule.who_id is 'An account, a group, or a role: the key of a built-in one or the id of another.';
comment on column quota_rule.limit_value is 'Minutes of time, reservations, units at once, or days ahead.';
CREATE UNIQUE INDEX quota_rule_name_unique ON public.quota_rule USING btree (org_id, lower(name));
alter table quota_rule enable row level security;
create policy every_organization on quota_rule for * to berth_system using (true) with check (true);
create policy one_organization on quota_rule for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on quota_rule to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on quota_rule to berth_system;

create table recovery_code (
  hash bytea not null,
  org_id uuid not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint recovery_code_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint recovery_code_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint recovery_code_pkey PRIMARY KEY (hash)
);
comment on table recovery_code is 'Single-use codes of 128 random bits that stand in for the second factor; only their hashes are kept.';
CREATE INDEX recovery_code_by_account ON public.recovery_code USING btree (org_id, account_id);
alter table recovery_code enable row level security;
create policy every_organization on recovery_code for * to berth_system using (true) with check (true);
create policy one_organization on recovery_code for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on recovery_code to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on recovery_code to berth_system;

create table request_allowance (
  org_id uuid not null,
  account_id uuid not null,
  tier_id uuid,
  full_at timestamp with time zone not null default '1970-01-01 00:00:00+00'::timestamp with time zone,
  day date not null default '1970-01-01'::date,
  used integer not null default 0,
  constraint request_allowance_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint request_allowance_tier FOREIGN KEY (org_id, tier_id) REFERENCES request_tier(org_id, id),
  constraint request_allowance_pkey PRIMARY KEY (org_id, account_id)
);
comment on column request_allowance.tier_id is 'null is the default tier of the organization.';
comment on column request_allowance.full_at is 'When all requests of a minute can be sent again: the theoretical arrival time of GCRA.';
comment on column request_allowance.used is 'Requests taken on that day, UTC; what a process took and did not use counts.';
CREATE INDEX request_allowance_by_tier ON public.request_allowance USING btree (org_id, tier_id) WHERE (tier_id IS NOT NULL);
alter table request_allowance enable row level security;
create policy every_organization on request_allowance for * to berth_system using (true) with check (true);
create policy one_organization on request_allowance for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on request_allowance to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on request_allowance to berth_system;

create table request_tier (
  id uuid not null default gen_random_uuid(),
  org_id uuid not null,
  name text not null,
  per_minute integer not null,
  per_day integer,
  is_default boolean not null default false,
  version integer not null default 1,
  constraint request_tier_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60))),
  constraint request_tier_per_day_range CHECK (((per_day >= 10) AND (per_day <= 1000000000))),
  constraint request_tier_per_minute_range CHECK (((per_minute >= 10) AND (per_minute <= 1000000))),
  constraint request_tier_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint request_tier_pkey PRIMARY KEY (id),
  constraint request_tier_name_unique UNIQUE (org_id, name),
  constraint request_tier_of_organization UNIQUE (org_id, id)
);
comment on table request_tier is 'How many requests whoever has this tier may send; is_default is the tier of all who have no other.';
comment on column request_tier.per_day is 'From midnight to midnight UTC; null is without a daily limit.';
CREATE UNIQUE INDEX request_tier_one_default ON public.request_tier USING btree (org_id) WHERE is_default;
alter table request_tier enable row level security;
create policy every_organization on request_tier for * to berth_system using (true) with check (true);
create policy one_organization on request_tier for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on request_tier to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on request_tier to berth_system;

create table reservation (
  id uuid not null,
  org_id uuid not null,
  organizer_id uuid not null,
  status text not null,
  title text,
  description text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  time_zone text not null,
  private boolean not null default false,
  attendees integer,
  hold_until timestamp with time zone,
  undo_until timestamp with time zone,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  series_id uuid,
  recurrence_id timestamp with time zone,
  cancelled_late boolean not null default false,
  booked_by_id uuid,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  checked_in_at timestamp with time zone,
  check_in_by timestamp with time zone,
  custom_fields jsonb not null default '{}'::jsonb,
  demo boolean not null default false,
  provisioning jsonb,
  constraint reservation_attendees_range CHECK (((attendees >= 1) AND (attendees <= 1000000))),
  constraint reservation_booked_by_another CHECK ((booked_by_id <> organizer_id)),
  constraint reservation_custom_fields_object CHECK ((jsonb_typeof(custom_fields) = 'object'::text)),
  constraint reservation_ended_after_started CHECK (((ended_at IS NULL) OR (started_at IS NOT NULL))),
  constraint reservation_late_is_cancelled CHECK (((NOT cancelled_late) OR (status = 'cancelled'::text))),
  constraint reservation_length CHECK (((ends_at - starts_at) <= '31 days'::interval)),
  constraint reservation_occurrence_named CHECK (((series_id IS NULL) = (recurrence_id IS NULL))),
  constraint reservation_ordered CHECK ((ends_at > starts_at)),
  constraint reservation_provisioning_known CHECK (((provisioning ->> 'outcome'::text) = ANY (ARRAY['granted'::text, 'revoked'::text, 'failed'::text]))),
  constraint reservation_skipped_in_series CHECK (((status <> 'skipped'::text) OR (series_id IS NOT NULL))),
  constraint reservation_status_known CHECK ((status = ANY (ARRAY['held'::text, 'pending'::text, 'confirmed'::text, 'checked_in'::text, 'completed'::text, 'cancelled'::text, 'rejected'::text, 'expired'::text, 'released'::text, 'no_show'::text, 'skipped'::text]))),
  constraint reservation_booked_by FOREIGN KEY (org_id, booked_by_id) REFERENCES account(org_id, id),
  constraint reservation_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint reservation_organizer FOREIGN KEY (org_id, organizer_id) REFERENCES account(org_id, id),
  constraint reservation_series FOREIGN KEY (org_id, series_id) REFERENCES series(org_id, id),
  constraint reservation_pkey PRIMARY KEY (id),
  constraint reservation_organization UNIQUE (org_id, id)
);
comment on table reservation is 'Somebody''s claim, with every state it had. Half-open: it ends the instant the next may start.';
comment on column reservation.hold_until is 'Until when a held one blocks its time; null for every other status.';
comment on column reservation.undo_until is 'A cancelled one keeps its time until then, for the person who takes it back.';
comment on column reservation.recurrence_id is 'Start its series gave it: which occurrence it is, wherever it was moved (RFC 5545 §3.8.4.4).';
comment on column reservation.cancelled_late is 'Cancelled with less notice than its resources ask for (engine §3); recorded, not refused.';
comment on column reservation.booked_by_id is 'The person who booked it on behalf of the organizer; null when that was the organizer.';
comment on column reservation.started_at is 'When reservation.started was told; told once, never before the start.';
comment on column reservation.ended_at is 'When reservation.ended was told; only of one that has started.';
comment on column reservation.check_in_by is 'From its start on: who has not checked in by then did not show up. Null where nobody has to.';
comment on column reservation.custom_fields is 'Answers by the key of the field; judged by the fields of the moment they were given.';
comment on column reservation.provisioning is 'What was last reported of setting up what is booked: outcome, message, at.';
CREATE INDEX reservation_by_organizer ON public.reservation USING btree (org_id, organizer_id, starts_at, id) WHERE (status <> ALL (ARRAY['held'::text, 'released'::text, 'expired'::text]));
CREATE INDEX reservation_by_start ON public.reservation USING btree (org_id, starts_at, id) WHERE (status <> ALL (ARRAY['held'::text, 'released'::text, 'expired'::text]));
CREATE INDEX reservation_by_status ON public.reservation USING btree (org_id, status, starts_at, id) WHERE (status = ANY (ARRAY['pending'::text, 'confirmed'::text, 'checked_in'::text, 'cancelled'::text, 'rejected'::text, 'no_show'::text, 'skipped'::text]));
CREATE INDEX reservation_cut_short ON public.reservation USING btree (updated_at) WHERE ((started_at IS NOT NULL) AND (ended_at IS NULL) AND (status = ANY (ARRAY['cancelled'::text, 'completed'::text, 'no_show'::text])));
CREATE INDEX reservation_held ON public.reservation USING btree (hold_until) WHERE (hold_until IS NOT NULL);
CREATE INDEX reservation_long ON public.reservation USING btree (org_id, ends_at) WHERE (((ends_at - starts_at) > '1 day'::interval) AND (status <> ALL (ARRAY['held'::text, 'released'::text, 'expired'::text])));
CREATE INDEX reservation_to_check_in ON public.reservation USING btree (check_in_by) WHERE ((check_in_by IS NOT NULL) AND (status = 'confirmed'::text));
CREATE INDEX reservation_to_end ON public.reservation USING btree (ends_at) WHERE ((ended_at IS NULL) AND (status = ANY (ARRAY['confirmed'::text, 'checked_in'::text])));
CREATE INDEX reservation_to_start ON public.reservation USING btree (starts_at) WHERE ((started_at IS NULL) AND (status = ANY (ARRAY['confirmed'::text, 'checked_in'::text, 'completed'::text])));
CREATE UNIQUE INDEX reservation_occurrence ON public.reservation USING btree (series_id, recurrence_id) WHERE (series_id IS NOT NULL);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF organizer_id, booked_by_id ON public.reservation FOR EACH ROW EXECUTE FUNCTION reservation_not_merged();
alter table reservation enable row level security;
create policy every_organization on reservation for * to berth_system using (true) with check (true);
create policy one_organization on reservation for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on reservation to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on reservation to berth_system;

create table reservation_item (
  org_id uuid not null,
  reservation_id uuid not null,
  resource_id uuid not null,
  quantity smallint not null default 1,
  partstat text not null,
  held_from timestamp with time zone not null,
  held_to timestamp with time zone not null,
  constraint reservation_item_length CHECK (((held_to - held_from) <= '33 days'::interval)),
  constraint reservation_item_partstat_known CHECK ((partstat = ANY (ARRAY['NEEDS-ACTION'::text, 'ACCEPTED'::text, 'DECLINED'::text, 'TENTATIVE'::text]))),
  constraint reservation_item_quantity_range CHECK (((quantity >= 1) AND (quantity <= 1000))),
  constraint reservation_item_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint reservation_item_reservation FOREIGN KEY (org_id, reservation_id) REFERENCES reservation(org_id, id) ON DELETE CASCADE,
  constraint reservation_item_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id),
  constraint reservation_item_pkey PRIMARY KEY (reservation_id, resource_id)
);
comment on column reservation_item.partstat is 'Participation status of the resource (RFC 5545 §3.2.12).';
comment on column reservation_item.held_from is 'Start of the blocked span, set-up included.';
CREATE INDEX reservation_item_by_resource ON public.reservation_item USING btree (resource_id, held_from) INCLUDE (held_to, reservation_id, quantity, org_id);
alter table reservation_item enable row level security;
create policy every_organization on reservation_item for * to berth_system using (true) with check (true);
create policy one_organization on reservation_item for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on reservation_item to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on reservation_item to berth_system;

create table resource (
  id uuid not null,
  org_id uuid not null,
  type_id uuid not null,
  site_id uuid,
  floor_id uuid,
  room_id uuid,
  parent_id uuid,
  name text not null,
  description text,
  location text,
  capacity integer,
  units smallint not null default 1,
  tags text[] not null default '{}'::text[],
  time_zone text,
  status text not null default 'available'::text,
  status_since timestamp with time zone,
  status_until timestamp with time zone,
  status_reason text,
  bookable boolean not null default true,
  policy jsonb not null default '{}'::jsonb,
  hours jsonb,
  external_id text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  unavailable_since timestamp with time zone,
  demo boolean not null default false,
  see_mode text not null default 'everyone'::text,
  book_mode text not null default 'everyone'::text,
  constraint resource_book_mode_known CHECK ((book_mode = ANY (ARRAY['everyone'::text, 'groups'::text, 'nobody'::text]))),
  constraint resource_capacity_range CHECK (((capacity >= 0) AND (capacity <= 1000000))),
  constraint resource_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint resource_not_own_parent CHECK ((parent_id <> id)),
  constraint resource_see_mode_known CHECK ((see_mode = ANY (ARRAY['everyone'::text, 'groups'::text, 'nobody'::text]))),
  constraint resource_status_known CHECK ((status = ANY (ARRAY['available'::text, 'maintenance'::text, 'archived'::text]))),
  constraint resource_unavailable_in_maintenance CHECK (((unavailable_since IS NULL) OR (status = 'maintenance'::text))),
  constraint resource_units_range CHECK (((units >= 1) AND (units <= 1000))),
  constraint resource_floor FOREIGN KEY (org_id, floor_id) REFERENCES floor(org_id, id),
  constraint resource_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint resource_parent FOREIGN KEY (org_id, parent_id) REFERENCES resource(org_id, id),
  constraint resource_room FOREIGN KEY (org_id, room_id) REFERENCES room(org_id, id),
  constraint resource_site FOREIGN KEY (org_id, site_id) REFERENCES site(org_id, id),
  constraint resource_type FOREIGN KEY (org_id, type_id) REFERENCES resource_type(org_id, id),
  constraint resource_pkey PRIMARY KEY (id),
  constraint resource_organization UNIQUE (org_id, id)
);
comment on column resource.units is 'Interchangeable copies: as many reservations at once, never one more.';
comment on column resource.time_zone is 'IANA zone; null takes the site''s, then the organization''s.';
comment on column resource.status_since is 'Of a maintenance its begin, which may lie ahead.';
comment on column resource.version is 'Bumped by every change; a booking judged under an older version is judged again.';
comment on column resource.unavailable_since is 'When the begin of this maintenance was told; null while it lies ahead.';
comment on column resource.see_mode is 'Whom the resource is shown to, of those the site is shown to.';
comment on column resource.book_mode is 'Who may book it, of those who may book at the site.';
CREATE INDEX resource_by_name ON public.resource USING btree (org_id, lower(name), id) WHERE (status <> 'archived'::text);
CREATE INDEX resource_by_parent ON public.resource USING btree (org_id, parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX resource_by_site ON public.resource USING btree (org_id, site_id, floor_id) WHERE (site_id IS NOT NULL);
CREATE INDEX resource_by_tag ON public.resource USING gin (tags);
CREATE INDEX resource_maintenance_to_begin ON public.resource USING btree (status_since) WHERE ((status = 'maintenance'::text) AND (unavailable_since IS NULL));
CREATE INDEX resource_maintenance_to_end ON public.resource USING btree (status_until) WHERE ((status = 'maintenance'::text) AND (status_until IS NOT NULL));
CREATE UNIQUE INDEX resource_external_id_unique ON public.resource USING btree (org_id, external_id) WHERE (external_id IS NOT NULL);
alter table resource enable row level security;
create policy every_organization on resource for * to berth_system using (true) with check (true);
create policy one_organization on resource for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant INSERT, SELECT, UPDATE on resource to berth_app;
grant INSERT, SELECT, UPDATE on resource to berth_system;

create table resource_assignment (
  org_id uuid not null,
  resource_id uuid not null,
  account_id uuid not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  assigned_by uuid,
  created_at timestamp with time zone not null,
  constraint resource_assignment_ordered CHECK (((ends_at IS NULL) OR (ends_at > starts_at))),
  constraint resource_assignment_assigner FOREIGN KEY (org_id, assigned_by) REFERENCES account(org_id, id) ON DELETE SET NULL (assigned_by),
  constraint resource_assignment_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint resource_assignment_person FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint resource_assignment_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id) ON DELETE CASCADE,
  constraint resource_assignment_pkey PRIMARY KEY (org_id, resource_id)
);
comment on table resource_assignment is 'Whose a resource is: nobody else may reserve it from starts_at on, except on shared days.';
comment on column resource_assignment.ends_at is 'null where nobody has said when it ends.';
CREATE INDEX resource_assignment_by_person ON public.resource_assignment USING btree (org_id, account_id);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id, assigned_by ON public.resource_assignment FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id', 'assigned_by');
alter table resource_assignment enable row level security;
create policy every_organization on resource_assignment for * to berth_system using (true) with check (true);
create policy one_organization on resource_assignment for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on resource_assignment to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on resource_assignment to berth_system;

create table resource_leaf (
  org_id uuid not null,
  resource_id uuid not null,
  leaf_id uuid not null,
  constraint resource_leaf_leaf FOREIGN KEY (org_id, leaf_id) REFERENCES resource(org_id, id),
  constraint resource_leaf_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint resource_leaf_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id),
  constraint resource_leaf_pkey PRIMARY KEY (resource_id, leaf_id)
);
comment on table resource_leaf is 'The leaves a resource occupies when it is booked; a resource without parts is its own leaf.';
CREATE INDEX resource_leaf_by_leaf ON public.resource_leaf USING btree (leaf_id, resource_id);
alter table resource_leaf enable row level security;
create policy every_organization on resource_leaf for * to berth_system using (true) with check (true);
create policy one_organization on resource_leaf for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on resource_leaf to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on resource_leaf to berth_system;

create table resource_type (
  id uuid not null,
  org_id uuid not null,
  key text not null,
  name text not null,
  icon text not null default 'box'::text,
  cutype text not null,
  is_default boolean not null default false,
  policy jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  fields jsonb not null default '[]'::jsonb,
  demo boolean not null default false,
  constraint resource_type_cutype_known CHECK ((cutype = ANY (ARRAY['ROOM'::text, 'RESOURCE'::text]))),
  constraint resource_type_fields_list CHECK (((jsonb_typeof(fields) = 'array'::text) AND (jsonb_array_length(fields) <= 30))),
  constraint resource_type_key_shape CHECK ((key ~ '^[a-z0-9][a-z0-9-]{0,62}$'::text)),
  constraint resource_type_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint resource_type_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint resource_type_pkey PRIMARY KEY (id),
  constraint resource_type_key_unique UNIQUE (org_id, key),
  constraint resource_type_organization UNIQUE (org_id, id)
);
comment on column resource_type.cutype is 'Calendar user type its resources have (RFC 5545 §3.2.3).';
comment on column resource_type.fields is 'Questions to whoever books: key, label, kind, required, options.';
CREATE UNIQUE INDEX resource_type_one_default ON public.resource_type USING btree (org_id) WHERE is_default;
alter table resource_type enable row level security;
create policy every_organization on resource_type for * to berth_system using (true) with check (true);
create policy one_organization on resource_type for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on resource_type to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on resource_type to berth_system;

create table role (
  id uuid not null,
  org_id uuid not null,
  name text not null,
  description text,
  permissions text[] not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint role_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint role_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint role_pkey PRIMARY KEY (id),
  constraint role_organization UNIQUE (org_id, id)
);
comment on table role is 'Roles an organization made itself; the built-in ones stand in libs/contracts and grow with the releases.';
CREATE UNIQUE INDEX role_name_unique ON public.role USING btree (lower(name), org_id);
alter table role enable row level security;
create policy every_organization on role for * to berth_system using (true) with check (true);
create policy one_organization on role for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on role to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on role to berth_system;

create table role_assignment (
  id uuid not null,
  org_id uuid not null,
  account_id uuid,
  group_id uuid,
  built_in text,
  role_id uuid,
  site_id uuid,
  resource_id uuid,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  granted_by uuid,
  created_at timestamp with time zone not null,
  provider_id uuid,
  demo boolean not null default false,
  constraint role_assignment_built_in_known CHECK ((built_in = ANY (ARRAY['admin'::text, 'user'::text, 'guest'::text, 'site-manager'::text, 'resource-manager'::text, 'approver'::text]))),
  constraint role_assignment_one_holder CHECK ((num_nonnulls(account_id, group_id) = 1)),
  constraint role_assignment_one_place CHECK ((num_nonnulls(site_id, resource_id) <= 1)),
  constraint role_assignment_one_role CHECK ((num_nonnulls(built_in, role_id) = 1)),
  constraint role_assignment_ordered CHECK ((ends_at > starts_at)),
  constraint role_assignment_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint role_assignment_granter FOREIGN KEY (org_id, granted_by) REFERENCES account(org_id, id) ON DELETE SET NULL (granted_by),
  constraint role_assignment_group FOREIGN KEY (org_id, group_id) REFERENCES people_group(org_id, id),
  constraint role_assignment_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint role_assignment_provider FOREIGN KEY (org_id, provider_id) REFERENCES identity_provider(org_id, id) ON DELETE CASCADE,
  constraint role_assignment_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id) ON DELETE CASCADE,
  constraint role_assignment_role FOREIGN KEY (org_id, role_id) REFERENCES role(org_id, id),
  constraint role_assignment_site FOREIGN KEY (org_id, site_id) REFERENCES site(org_id, id) ON DELETE CASCADE,
  constraint role_assignment_pkey PRIMARY KEY (id),
  constraint role_assignment_once UNIQUE NULLS NOT DISTINCT (org_id, account_id, group_id, built_in, role_id, site_id, resource_id)
);
comment on table role_assignment is 'A role somebody has besides account.role: in the organization, at a site, or at a resource with its parts; null dates are open.';
comment on column role_assignment.provider_id is 'The provider whose roles gave it and take it away again; null where somebody did.';
CREATE INDEX role_assignment_by_group ON public.role_assignment USING btree (group_id) WHERE (group_id IS NOT NULL);
CREATE INDEX role_assignment_by_role ON public.role_assignment USING btree (role_id) WHERE (role_id IS NOT NULL);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id, granted_by ON public.role_assignment FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id', 'granted_by');
alter table role_assignment enable row level security;
create policy every_organization on role_assignment for * to berth_system using (true) with check (true);
create policy one_organization on role_assignment for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on role_assignment to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on role_assignment to berth_system;

create table room (
  id uuid not null,
  org_id uuid not null,
  floor_id uuid not null,
  name text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  demo boolean not null default false,
  constraint room_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint room_floor FOREIGN KEY (org_id, floor_id) REFERENCES floor(org_id, id),
  constraint room_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint room_pkey PRIMARY KEY (id),
  constraint room_organization UNIQUE (org_id, id)
);
comment on table room is 'An area of a floor that resources lie in; not itself booked.';
CREATE UNIQUE INDEX room_name_unique ON public.room USING btree (floor_id, lower(name));
alter table room enable row level security;
create policy every_organization on room for * to berth_system using (true) with check (true);
create policy one_organization on room for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on room to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on room to berth_system;

create table saved_search (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  name text not null,
  query jsonb not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint saved_search_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint saved_search_query_is_object CHECK ((jsonb_typeof(query) = 'object'::text)),
  constraint saved_search_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id),
  constraint saved_search_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint saved_search_pkey PRIMARY KEY (id),
  constraint saved_search_organization UNIQUE (org_id, id)
);
comment on table saved_search is 'What somebody searches for again and again; it names no date, so that it stays true.';
comment on column saved_search.query is 'As the search was asked: words, type, site, floor, capacity, tags, start, length, how strictly.';
CREATE UNIQUE INDEX saved_search_name_unique ON public.saved_search USING btree (org_id, account_id, lower(name));
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.saved_search FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table saved_search enable row level security;
create policy every_organization on saved_search for * to berth_system using (true) with check (true);
create policy one_organization on saved_search for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on saved_search to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on saved_search to berth_system;

create table series (
  id uuid not null,
  org_id uuid not null,
  organizer_id uuid not null,
  booked_by_id uuid,
  split_from_id uuid,
  title text,
  description text,
  private boolean not null default false,
  attendees integer,
  civil_start timestamp without time zone not null,
  minutes integer not null,
  time_zone text not null,
  rrule text not null,
  exdates timestamp without time zone[] not null default '{}'::timestamp without time zone[],
  rdates timestamp without time zone[] not null default '{}'::timestamp without time zone[],
  tzdb_version text not null,
  materialised_until timestamp with time zone,
  extend_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  custom_fields jsonb not null default '{}'::jsonb,
  demo boolean not null default false,
  constraint series_attendees_range CHECK (((attendees >= 1) AND (attendees <= 1000000))),
  constraint series_custom_fields_object CHECK ((jsonb_typeof(custom_fields) = 'object'::text)),
  constraint series_dates_few CHECK (((cardinality(exdates) <= 366) AND (cardinality(rdates) <= 366))),
  constraint series_extended_whole CHECK (((materialised_until IS NULL) = (extend_at IS NULL))),
  constraint series_minutes_range CHECK (((minutes >= 1) AND (minutes <= 527040))),
  constraint series_booked_by FOREIGN KEY (org_id, booked_by_id) REFERENCES account(org_id, id),
  constraint series_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint series_organizer FOREIGN KEY (org_id, organizer_id) REFERENCES account(org_id, id),
  constraint series_split_from FOREIGN KEY (org_id, split_from_id) REFERENCES series(org_id, id),
  constraint series_pkey PRIMARY KEY (id),
  constraint series_organization UNIQUE (org_id, id)
);
comment on table series is 'What recurs by the clock on the wall; each occurrence is a reservation.';
comment on column series.civil_start is 'Reading of the clock in time_zone; never an offset.';
comment on column series.minutes is 'Whole days by the calendar, the rest by the time that passes (RFC 5545 §3.8.2.5).';
comment on column series.tzdb_version is 'Rules of zones its occurrences were reckoned with.';
comment on column series.materialised_until is 'Occurrences that start later are not booked yet; null where the last one is known.';
comment on column series.extend_at is 'When the next occurrences are due to be booked.';
comment on column series.custom_fields is 'Answers of the occurrences that are still to come; one that stands keeps its own.';
CREATE INDEX series_due ON public.series USING btree (extend_at) WHERE (extend_at IS NOT NULL);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF organizer_id, booked_by_id ON public.series FOR EACH ROW EXECUTE FUNCTION account_not_merged('organizer_id', 'booked_by_id');
alter table series enable row level security;
create policy every_organization on series for * to berth_system using (true) with check (true);
create policy one_organization on series for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on series to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on series to berth_system;

create table series_item (
  org_id uuid not null,
  series_id uuid not null,
  resource_id uuid not null,
  quantity smallint not null default 1,
  constraint series_item_quantity_range CHECK (((quantity >= 1) AND (quantity <= 1000))),
  constraint series_item_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint series_item_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id),
  constraint series_item_series FOREIGN KEY (org_id, series_id) REFERENCES series(org_id, id) ON DELETE CASCADE,
  constraint series_item_pkey PRIMARY KEY (series_id, resource_id)
);
alter table series_item enable row level security;
create policy every_organization on series_item for * to berth_system using (true) with check (true);
create policy one_organization on series_item for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on series_item to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on series_item to berth_system;

create table session (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  token_hash bytea not null,
  previous_hash bytea,
  successor_sealed bytea,
  rotated_at timestamp with time zone,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_reason text,
  user_agent text,
  address inet,
  last_seen_at timestamp with time zone,
  proved_by uuid,
  stood_in_by uuid,
  stood_in_from uuid,
  stand_in_reason text,
  constraint session_nobody_stands_in_for_themselves CHECK ((stood_in_by <> account_id)),
  constraint session_stand_in_is_short CHECK (((stood_in_by IS NULL) OR (expires_at <= (created_at + '00:30:00'::interval)))),
  constraint session_stand_in_whole CHECK ((num_nonnulls(stood_in_by, stood_in_from, stand_in_reason) = ANY (ARRAY[0, 3]))),
  constraint session_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint session_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint session_proved_by FOREIGN KEY (org_id, proved_by) REFERENCES proved_identity(org_id, id) ON DELETE SET NULL (proved_by),
  constraint session_stood_in_by FOREIGN KEY (org_id, stood_in_by) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint session_stood_in_from FOREIGN KEY (stood_in_from) REFERENCES session(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (id)
);
comment on table session is 'One sign-in and its family of refresh tokens: each use replaces the token, an old one kills the family.';
comment on column session.successor_sealed is 'The newest token, sealed, for a tab that raced: shown again within 10 s to who presents the one before.';
comment on column session.last_seen_at is 'To the minute, written at most once in that time; null while it has only been opened.';
comment on column session.proved_by is 'What the provider said when this session was opened by signing in there.';
comment on column session.stood_in_by is 'Who acts as the account; null for the account itself.';
comment on column session.stood_in_from is 'Their own session; when it ends, so does this one.';
comment on column session.stand_in_reason is 'Why, as they wrote it; the person is told.';
CREATE INDEX session_by_account ON public.session USING btree (org_id, account_id);
CREATE INDEX session_by_proof ON public.session USING btree (proved_by) WHERE (proved_by IS NOT NULL);
CREATE INDEX session_stood_in_from ON public.session USING btree (stood_in_from) WHERE (stood_in_from IS NOT NULL);
CREATE UNIQUE INDEX session_one_stand_in ON public.session USING btree (stood_in_by) WHERE ((stood_in_by IS NOT NULL) AND (revoked_at IS NULL));
alter table session enable row level security;
create policy every_organization on session for * to berth_system using (true) with check (true);
create policy one_organization on session for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on session to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on session to berth_system;

create table setup_attempt (
  network inet not null,
  at timestamp with time zone not null
);
comment on table setup_attempt is 'Wrong tokens of the last hour, by where they came from; IPv6 by its network of 64 bits.';
CREATE INDEX setup_attempt_of_network ON public.setup_attempt USING btree (network, at);
alter table setup_attempt enable row level security;
create policy system on setup_attempt for * to berth_system using (true) with check (true);
grant DELETE, INSERT, SELECT on setup_attempt to berth_system;

create table setup_reopening (
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint setup_reopening_pkey PRIMARY KEY (token_hash)
);
comment on table setup_reopening is 'SETUP_REOPEN_TOKEN as processes were started with it. Used ones stay, so that none is good twice.';
alter table setup_reopening enable row level security;
create policy system on setup_reopening for * to berth_system using (true) with check (true);
grant INSERT, SELECT, UPDATE on setup_reopening to berth_system;

create table shared_day (
  org_id uuid not null,
  resource_id uuid not null,
  day date not null,
  constraint shared_day_assignment FOREIGN KEY (org_id, resource_id) REFERENCES resource_assignment(org_id, resource_id) ON DELETE CASCADE,
  constraint shared_day_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint shared_day_pkey PRIMARY KEY (org_id, resource_id, day)
);
comment on table shared_day is 'Days, by the clock of the resource, on which its person is away and lets others have it.';
alter table shared_day enable row level security;
create policy every_organization on shared_day for * to berth_system using (true) with check (true);
create policy one_organization on shared_day for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on shared_day to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on shared_day to berth_system;

create table sign_in_lockout (
  key bytea not null,
  failed_at timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  trying_at timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  touched_at timestamp with time zone not null,
  constraint sign_in_lockout_few CHECK (((cardinality(failed_at) + cardinality(trying_at)) <= 5)),
  constraint sign_in_lockout_pkey PRIMARY KEY (key)
);
comment on table sign_in_lockout is 'Failed and running attempts to sign in, by name and source, whether there is such a name or not. Swept once they no longer count.';
comment on column sign_in_lockout.key is 'HMAC of name and source: the table tells nobody who tried what from where.';
CREATE INDEX sign_in_lockout_by_age ON public.sign_in_lockout USING btree (touched_at);
alter table sign_in_lockout enable row level security;
create policy system on sign_in_lockout for * to berth_system using (true) with check (true);
grant DELETE, INSERT, SELECT, UPDATE on sign_in_lockout to berth_system;

create table signing_key (
  id text not null,
  private_sealed bytea not null,
  public_jwk jsonb not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint signing_key_pkey PRIMARY KEY (id)
);
comment on table signing_key is 'ES256 keys of access tokens; the private half is sealed with the installation secret.';
alter table signing_key enable row level security;
create policy system on signing_key for * to berth_system using (true) with check (true);
grant INSERT, SELECT, UPDATE on signing_key to berth_system;

create table site (
  id uuid not null,
  org_id uuid not null,
  name text not null,
  country_code text,
  time_zone text not null,
  latitude double precision,
  longitude double precision,
  address text,
  policy jsonb not null default '{}'::jsonb,
  hours jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  demo boolean not null default false,
  see_mode text not null default 'everyone'::text,
  book_mode text not null default 'everyone'::text,
  constraint site_book_mode_known CHECK ((book_mode = ANY (ARRAY['everyone'::text, 'groups'::text, 'nobody'::text]))),
  constraint site_country_shape CHECK ((country_code ~ '^[A-Z]{2}$'::text)),
  constraint site_latitude_range CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint site_longitude_range CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
  constraint site_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
  constraint site_see_mode_known CHECK ((see_mode = ANY (ARRAY['everyone'::text, 'groups'::text, 'nobody'::text]))),
  constraint site_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint site_pkey PRIMARY KEY (id),
  constraint site_organization UNIQUE (org_id, id)
);
comment on column site.see_mode is 'Whom the site and everything there is shown to; groups are those of gate_group, and none of them is nobody.';
comment on column site.book_mode is 'Who may book anything there.';
CREATE UNIQUE INDEX site_name_unique ON public.site USING btree (lower(name), org_id);
alter table site enable row level security;
create policy every_organization on site for * to berth_system using (true) with check (true);
create policy one_organization on site for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on site to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on site to berth_system;

create table ssh_key (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  algorithm text not null,
  bits integer not null,
  blob bytea not null,
  comment text not null default ''::text,
  fingerprint text not null,
  created_at timestamp with time zone not null,
  constraint ssh_key_algorithm_known CHECK ((algorithm = ANY (ARRAY['ssh-ed25519'::text, 'ssh-rsa'::text, 'ecdsa-sha2-nistp256'::text, 'ecdsa-sha2-nistp384'::text, 'ecdsa-sha2-nistp521'::text]))),
  constraint ssh_key_comment_length CHECK ((char_length(comment) <= 255)),
  constraint ssh_key_long_enough CHECK (((algorithm <> 'ssh-rsa'::text) OR (bits >= 2048))),
  constraint ssh_key_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint ssh_key_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint ssh_key_pkey PRIMARY KEY (id),
  constraint ssh_key_unique UNIQUE (org_id, fingerprint)
);
comment on table ssh_key is 'A public key (RFC 4253 §6.6) that is handed to whoever sets up what a person has booked. One key is of one person.';
comment on column ssh_key.fingerprint is 'SHA256:… as OpenSSH shows it.';
CREATE INDEX ssh_key_by_account ON public.ssh_key USING btree (org_id, account_id, created_at);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.ssh_key FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table ssh_key enable row level security;
create policy every_organization on ssh_key for * to berth_system using (true) with check (true);
create policy one_organization on ssh_key for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on ssh_key to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on ssh_key to berth_system;

create table stream_ticket (
  hash bytea not null,
  org_id uuid not null,
  account_id uuid not null,
  session_id uuid not null,
  expires_at timestamp with time zone not null,
  constraint stream_ticket_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint stream_ticket_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint stream_ticket_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id) ON DELETE CASCADE,
  constraint stream_ticket_pkey PRIMARY KEY (hash)
);
comment on table stream_ticket is 'One-use tickets that open a live stream; good for 30 s on any replica.';
alter table stream_ticket enable row level security;
create policy every_organization on stream_ticket for * to berth_system using (true) with check (true);
create policy one_organization on stream_ticket for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on stream_ticket to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on stream_ticket to berth_system;

create table trusted_device (
  token_hash bytea not null,
  org_id uuid not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  skips_second_step_until timestamp with time zone,
  constraint trusted_device_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint trusted_device_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint trusted_device_pkey PRIMARY KEY (token_hash, account_id)
);
comment on table trusted_device is 'A browser somebody signed in with. It counts its failures by itself, so that no stranger can lock it out.';
comment on column trusted_device.skips_second_step_until is 'The person asked not to be asked for the second factor in this browser until then.';
CREATE INDEX trusted_device_by_account ON public.trusted_device USING btree (org_id, account_id, created_at);
alter table trusted_device enable row level security;
create policy every_organization on trusted_device for * to berth_system using (true) with check (true);
create policy one_organization on trusted_device for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on trusted_device to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on trusted_device to berth_system;

create table waitlist_entry (
  id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  resource_id uuid,
  criteria jsonb,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  time_zone text not null,
  flex_minutes integer not null default 0,
  quantity smallint not null default 1,
  auto_accept boolean not null default false,
  title text,
  priority smallint not null default 0,
  place bigint generated always as identity not null,
  status text not null default 'waiting'::text,
  hold_id uuid,
  offered_at timestamp with time zone,
  offer_until timestamp with time zone,
  reservation_id uuid,
  ended_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  custom_fields jsonb not null default '{}'::jsonb,
  occurrence_id uuid,
  demo boolean not null default false,
  with_resource_ids uuid[] not null default '{}'::uuid[],
  constraint waitlist_entry_accepted_has_reservation CHECK (((status = 'accepted'::text) = (reservation_id IS NOT NULL))),
  constraint waitlist_entry_custom_fields_object CHECK ((jsonb_typeof(custom_fields) = 'object'::text)),
  constraint waitlist_entry_each_once CHECK ((resource_id <> ALL (with_resource_ids))),
  constraint waitlist_entry_flex_range CHECK (((flex_minutes >= 0) AND (flex_minutes <= 10080))),
  constraint waitlist_entry_occurrence_of_resource CHECK (((occurrence_id IS NULL) OR (resource_id IS NOT NULL))),
  constraint waitlist_entry_offer_whole CHECK ((((status = 'offered'::text) = (hold_id IS NOT NULL)) AND ((hold_id IS NULL) = (offer_until IS NULL)))),
  constraint waitlist_entry_one_wish CHECK ((num_nonnulls(resource_id, criteria) = 1)),
  constraint waitlist_entry_ordered CHECK ((ends_at > starts_at)),
  constraint waitlist_entry_quantity_range CHECK (((quantity >= 1) AND (quantity <= 1000))),
  constraint waitlist_entry_several_at_most CHECK (((cardinality(with_resource_ids) < 20) AND (array_position(with_resource_ids, NULL::uuid) IS NULL))),
  constraint waitlist_entry_several_have_a_first CHECK (((with_resource_ids = '{}'::uuid[]) OR ((resource_id IS NOT NULL) AND (criteria IS NULL)))),
  constraint waitlist_entry_status_known CHECK ((status = ANY (ARRAY['waiting'::text, 'offered'::text, 'accepted'::text, 'declined'::text, 'expired'::text, 'left'::text]))),
  constraint waitlist_entry_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id),
  constraint waitlist_entry_hold FOREIGN KEY (org_id, hold_id) REFERENCES reservation(org_id, id),
  constraint waitlist_entry_occurrence FOREIGN KEY (org_id, occurrence_id) REFERENCES reservation(org_id, id),
  constraint waitlist_entry_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint waitlist_entry_reservation FOREIGN KEY (org_id, reservation_id) REFERENCES reservation(org_id, id),
  constraint waitlist_entry_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id),
  constraint waitlist_entry_pkey PRIMARY KEY (id),
  constraint waitlist_entry_organization UNIQUE (org_id, id)
);
comment on table waitlist_entry is 'Somebody waits for a time. An offer is a hold of theirs on it, so the guard of occupancy forbids two for one.';
comment on column waitlist_entry.place is 'Order of joining; within a priority the queue''s order.';
comment on column waitlist_entry.hold_id is 'The hold that is the live offer.';
comment on column waitlist_entry.custom_fields is 'Answers of the reservation it becomes; judged when it was made and when it is served.';
comment on column waitlist_entry.occurrence_id is 'The skipped occurrence of a series that is waited for; it knows its series and recurrence id, whatever becomes of them.';
comment on column waitlist_entry.with_resource_ids is 'The other resources of several that are waited for together, in order of id: all of them are offered, or none.';
CREATE INDEX waitlist_entry_by_account ON public.waitlist_entry USING btree (org_id, account_id, place);
CREATE INDEX waitlist_entry_by_resource ON public.waitlist_entry USING btree (org_id, resource_id, place) WHERE (resource_id IS NOT NULL);
CREATE INDEX waitlist_entry_live ON public.waitlist_entry USING btree (org_id, account_id) WHERE (status = ANY (ARRAY['waiting'::text, 'offered'::text]));
CREATE INDEX waitlist_entry_passing ON public.waitlist_entry USING btree (starts_at) WHERE (status = 'waiting'::text);
CREATE INDEX waitlist_entry_queue ON public.waitlist_entry USING btree (org_id, priority DESC, place) WHERE (status = 'waiting'::text);
CREATE UNIQUE INDEX waitlist_entry_joined_once ON public.waitlist_entry USING btree (org_id, account_id, resource_id, with_resource_ids, starts_at, ends_at) WHERE ((resource_id IS NOT NULL) AND (status = ANY (ARRAY['waiting'::text, 'offered'::text])));
CREATE UNIQUE INDEX waitlist_entry_occurrence_once ON public.waitlist_entry USING btree (occurrence_id) WHERE ((occurrence_id IS NOT NULL) AND (status = ANY (ARRAY['waiting'::text, 'offered'::text])));
CREATE UNIQUE INDEX waitlist_entry_one_offer_a_hold ON public.waitlist_entry USING btree (hold_id) WHERE (hold_id IS NOT NULL);
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF account_id ON public.waitlist_entry FOR EACH ROW EXECUTE FUNCTION account_not_merged('account_id');
alter table waitlist_entry enable row level security;
create policy every_organization on waitlist_entry for * to berth_system using (true) with check (true);
create policy one_organization on waitlist_entry for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on waitlist_entry to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on waitlist_entry to berth_system;

create table waitlist_opening (
  id uuid not null,
  org_id uuid not null,
  resource_id uuid,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  taken_until timestamp with time zone,
  constraint waitlist_opening_ordered CHECK ((to_at > from_at)),
  constraint waitlist_opening_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint waitlist_opening_resource FOREIGN KEY (org_id, resource_id) REFERENCES resource(org_id, id)
);
comment on table waitlist_opening is 'A time that may have become free and was not offered yet; work of the waitlist''s worker, gone when it is done.';
comment on column waitlist_opening.id is 'Of the event that freed it: a repetition is one opening.';
comment on column waitlist_opening.taken_until is 'A worker is at it; when that dies, another takes it from then on.';
CREATE INDEX waitlist_opening_due ON public.waitlist_opening USING btree (due_at);
CREATE UNIQUE INDEX waitlist_opening_once ON public.waitlist_opening USING btree (id, resource_id) NULLS NOT DISTINCT;
alter table waitlist_opening enable row level security;
create policy every_organization on waitlist_opening for * to berth_system using (true) with check (true);
create policy one_organization on waitlist_opening for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on waitlist_opening to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on waitlist_opening to berth_system;

create table webhook (
  id uuid not null,
  org_id uuid not null,
  name text not null,
  url text not null,
  state text not null default 'active'::text,
  disabled_reason text,
  events text[] not null,
  scope_kind text not null,
  scope_ids uuid[] not null default '{}'::uuid[],
  scope_descendants boolean not null default false,
  payload text not null,
  header_names text[] not null default '{}'::text[],
  headers_sealed bytea,
  responsible_id uuid,
  failing_since timestamp with time zone,
  resting_until timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint webhook_disabled_for_a_reason CHECK (((state = 'disabled'::text) = (disabled_reason IS NOT NULL))),
  constraint webhook_disabled_reason_known CHECK ((disabled_reason = ANY (ARRAY['gone'::text, 'failing'::text]))),
  constraint webhook_events_few CHECK (((cardinality(events) >= 1) AND (cardinality(events) <= 100))),
  constraint webhook_headers_few CHECK ((cardinality(header_names) <= 20)),
  constraint webhook_headers_named CHECK (((cardinality(header_names) = 0) = (headers_sealed IS NULL))),
  constraint webhook_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  constraint webhook_payload_known CHECK ((payload = ANY (ARRAY['thin'::text, 'full'::text, 'provisioning'::text]))),
  constraint webhook_scope_descends CHECK (((NOT scope_descendants) OR (scope_kind = 'resources'::text))),
  constraint webhook_scope_known CHECK ((scope_kind = ANY (ARRAY['all'::text, 'sites'::text, 'types'::text, 'resources'::text]))),
  constraint webhook_scope_named CHECK ((((scope_kind = 'all'::text) = (cardinality(scope_ids) = 0)) AND (cardinality(scope_ids) <= 200))),
  constraint webhook_state_known CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'disabled'::text]))),
  constraint webhook_url_shape CHECK (((url ~ '^https?://'::text) AND (char_length(url) <= 2000))),
  constraint webhook_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization(id),
  constraint webhook_responsible FOREIGN KEY (org_id, responsible_id) REFERENCES account(org_id, id) ON DELETE SET NULL (responsible_id),
  constraint webhook_pkey PRIMARY KEY (id),
  constraint webhook_organization UNIQUE (org_id, id)
);
comment on table webhook is 'An address that is told what happens (Standard Webhooks 1.0).';
comment on column webhook.events is 'Event types; object.* takes all of an object, * all.';
comment on column webhook.header_names is 'Names of the headers it wants on every request; their values lie sealed.';
comment on column webhook.responsible_id is 'Who set it up or changed it last: their rights bound what it is told, and they hear when it is disabled.';
comment on column webhook.failing_since is 'The first failure since something last arrived; after five days it is disabled.';
comment on column webhook.resting_until is 'Nothing is sent before: the receiver asked for time, or has just failed.';
CREATE UNIQUE INDEX webhook_name_unique ON public.webhook USING btree (org_id, lower(name));
CREATE TRIGGER account_not_merged AFTER INSERT OR UPDATE OF responsible_id ON public.webhook FOR EACH ROW EXECUTE FUNCTION account_not_merged('responsible_id');
alter table webhook enable row level security;
create policy every_organization on webhook for * to berth_system using (true) with check (true);
create policy one_organization on webhook for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on webhook to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on webhook to berth_system;

create table webhook_attempt (
  id uuid not null,
  org_id uuid not null,
  webhook_id uuid not null,
  delivery_id uuid not null,
  at timestamp with time zone not null,
  duration_ms integer not null,
  succeeded boolean not null,
  counts boolean not null,
  status smallint,
  failure text,
  detail text,
  request_headers jsonb not null,
  answer bytea,
  constraint webhook_attempt_answer_short CHECK ((octet_length(answer) <= 1024)),
  constraint webhook_attempt_delivery FOREIGN KEY (org_id, delivery_id) REFERENCES webhook_delivery(org_id, id) ON DELETE CASCADE,
  constraint webhook_attempt_webhook FOREIGN KEY (org_id, webhook_id) REFERENCES webhook(org_id, id) ON DELETE CASCADE,
  constraint webhook_attempt_pkey PRIMARY KEY (id)
);
comment on column webhook_attempt.counts is 'Whether it says how the receiver is doing; what was sent again does not.';
comment on column webhook_attempt.answer is 'The first KiB of what came back.';
CREATE INDEX webhook_attempt_of_delivery ON public.webhook_attempt USING btree (org_id, delivery_id, at);
CREATE INDEX webhook_attempt_of_webhook ON public.webhook_attempt USING btree (webhook_id, at) INCLUDE (counts, succeeded, duration_ms);
alter table webhook_attempt enable row level security;
create policy every_organization on webhook_attempt for * to berth_system using (true) with check (true);
create policy one_organization on webhook_attempt for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on webhook_attempt to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on webhook_attempt to berth_system;

create table webhook_callback (
  org_id uuid not null,
  webhook_id uuid not null,
  message_id text not null,
  at timestamp with time zone not null,
  constraint webhook_callback_message_length CHECK (((char_length(message_id) >= 1) AND (char_length(message_id) <= 200))),
  constraint webhook_callback_webhook FOREIGN KEY (org_id, webhook_id) REFERENCES webhook(org_id, id) ON DELETE CASCADE,
  constraint webhook_callback_once PRIMARY KEY (webhook_id, message_id)
);
comment on table webhook_callback is 'Reports that were taken, for as long as one may still be signed: a repetition changes nothing.';
CREATE INDEX webhook_callback_by_age ON public.webhook_callback USING btree (at);
CREATE INDEX webhook_callback_of_webhook ON public.webhook_callback USING btree (org_id, webhook_id);
alter table webhook_callback enable row level security;
create policy every_organization on webhook_callback for * to berth_system using (true) with check (true);
create policy one_organization on webhook_callback for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on webhook_callback to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on webhook_callback to berth_system;

create table webhook_delivery (
  id uuid not null,
  org_id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  subject text not null,
  sequence bigint not null,
  resource_ids uuid[] not null,
  account_id uuid,
  body text not null,
  traceparent text,
  is_replay boolean not null default false,
  state text not null default 'pending'::text,
  attempts smallint not null default 0,
  first_attempt_at timestamp with time zone,
  next_attempt_at timestamp with time zone,
  leased_until timestamp with time zone,
  last_status smallint,
  last_failure text,
  last_duration_ms integer,
  delivered_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint webhook_delivery_body_small CHECK ((octet_length(body) < 20000)),
  constraint webhook_delivery_delivered CHECK (((state = 'delivered'::text) = (delivered_at IS NOT NULL))),
  constraint webhook_delivery_due_while_open CHECK (((state = ANY (ARRAY['pending'::text, 'failed'::text])) = (next_attempt_at IS NOT NULL))),
  constraint webhook_delivery_leased_while_open CHECK (((leased_until IS NULL) OR (next_attempt_at IS NOT NULL))),
  constraint webhook_delivery_state_known CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text, 'exhausted'::text]))),
  constraint webhook_delivery_account FOREIGN KEY (org_id, account_id) REFERENCES account(org_id, id) ON DELETE CASCADE,
  constraint webhook_delivery_webhook FOREIGN KEY (org_id, webhook_id) REFERENCES webhook(org_id, id) ON DELETE CASCADE,
  constraint webhook_delivery_pkey PRIMARY KEY (id),
  constraint webhook_delivery_organization UNIQUE (org_id, id)
);
comment on table webhook_delivery is 'One event for one webhook, kept 30 days. Every attempt sends the same bytes under the same id.';
comment on column webhook_delivery.account_id is 'The person it is about, where it is about one.';
comment on column webhook_delivery.is_replay is 'Somebody sent it again: it says nothing about how the receiver is doing.';
comment on column webhook_delivery.leased_until is 'A worker is sending it; when that worker dies it is due again afterwards.';
CREATE INDEX webhook_delivery_by_age ON public.webhook_delivery USING btree (created_at);
CREATE INDEX webhook_delivery_by_resource ON public.webhook_delivery USING gin (resource_ids);
CREATE INDEX webhook_delivery_by_state ON public.webhook_delivery USING btree (webhook_id, state, id);
CREATE INDEX webhook_delivery_by_type ON public.webhook_delivery USING btree (webhook_id, event_type, id);
CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (webhook_id, next_attempt_at, id) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX webhook_delivery_leased ON public.webhook_delivery USING btree (webhook_id, leased_until) WHERE (leased_until IS NOT NULL);
CREATE INDEX webhook_delivery_newest ON public.webhook_delivery USING btree (webhook_id, id);
CREATE INDEX webhook_delivery_of_person ON public.webhook_delivery USING btree (org_id, account_id) WHERE (account_id IS NOT NULL);
CREATE UNIQUE INDEX webhook_delivery_once ON public.webhook_delivery USING btree (webhook_id, event_id) WHERE (NOT is_replay);
alter table webhook_delivery enable row level security;
create policy every_organization on webhook_delivery for * to berth_system using (true) with check (true);
create policy one_organization on webhook_delivery for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on webhook_delivery to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on webhook_delivery to berth_system;

create table webhook_secret (
  id uuid not null,
  org_id uuid not null,
  webhook_id uuid not null,
  is_current boolean not null,
  secret_sealed bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint webhook_secret_overlap_ends CHECK ((is_current = (expires_at IS NULL))),
  constraint webhook_secret_webhook FOREIGN KEY (org_id, webhook_id) REFERENCES webhook(org_id, id) ON DELETE CASCADE,
  constraint webhook_secret_pkey PRIMARY KEY (id),
  constraint webhook_secret_two_at_most UNIQUE (webhook_id, is_current)
);
comment on table webhook_secret is 'What a webhook is signed with, and the secret before it, which signs beside it a day longer.';
CREATE INDEX webhook_secret_of_webhook ON public.webhook_secret USING btree (org_id, webhook_id);
alter table webhook_secret enable row level security;
create policy every_organization on webhook_secret for * to berth_system using (true) with check (true);
create policy one_organization on webhook_secret for * to berth_app using ((org_id = ( SELECT current_org() AS current_org))) with check ((org_id = ( SELECT current_org() AS current_org)));
grant DELETE, INSERT, SELECT, UPDATE on webhook_secret to berth_app;
grant DELETE, INSERT, SELECT, UPDATE on webhook_secret to berth_system;

create table work_queue (
  name text not null,
  due integer not null,
  redis text,
  looked_at timestamp with time zone not null,
  constraint work_queue_redis_known CHECK ((redis = ANY (ARRAY['reached'::text, 'away'::text]))),
  constraint work_queue_pkey PRIMARY KEY (name)
);
comment on table work_queue is 'What the workers saw last of each queue, for whoever looks after the installation.';
comment on column work_queue.due is 'How much is due; not counted beyond 1,000.';
comment on column work_queue.redis is 'Whether Redis was reached; null where none is set.';
alter table work_queue enable row level security;
create policy system on work_queue for * to berth_system using (true) with check (true);
grant DELETE, INSERT, SELECT, UPDATE on work_queue to berth_system;

CREATE OR REPLACE FUNCTION public.account_keeps_way_in()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  declare
    person uuid := (to_jsonb(old) ->> case tg_table_name when 'account' then 'id' else 'account_id' end)::uuid;
  begin
    -- One at a time: of two ways in that are removed at once the second must see that the first is gone.
    perform from account where org_id = old.org_id and id = person and status = 'active' for no key update;
    if found and not has_way_in(old.org_id, person) then
      raise exception 'a person keeps a way in'
        using errcode = 'check_violation', constraint = 'account_keeps_way_in', table = tg_table_name;
    end if;
    return null;
  end $function$;

CREATE OR REPLACE FUNCTION public.account_not_merged()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      declare
        written jsonb := to_jsonb(new);
        it text;
      begin
        foreach it in array tg_argv loop
          if exists (select from account a where a.org_id = new.org_id and a.id = (written ->> it)::uuid and a.merged_into is not null) then
            raise exception 'the account was merged into another'
              using errcode = 'foreign_key_violation', constraint = 'account_not_merged', table = tg_table_name;
          end if;
        end loop;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION public.book_one_unit(p_org uuid, p_resource uuid, p_version integer, p_epoch bigint, p_id uuid, p_organizer uuid, p_status text, p_title text, p_description text, p_start timestamp with time zone, p_end timestamp with time zone, p_zone text, p_private boolean, p_attendees integer, p_held_from timestamp with time zone, p_held_to timestamp with time zone, p_hold_until timestamp with time zone, p_event_id uuid, p_event_type text, p_event_data jsonb, p_request_id text, p_key text, p_fingerprint bytea, p_result jsonb, p_now timestamp with time zone, p_traceparent text DEFAULT NULL::text, p_address inet DEFAULT NULL::inet, p_via_kind text DEFAULT NULL::text, p_via_id text DEFAULT NULL::text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
  begin
    perform set_config('app.org', p_org::text, true);

    with leaf as materialized (
      select r.id from resource r
      join organization o on o.id = r.org_id
      where r.org_id = p_org and r.id = p_resource and r.version = p_version and r.units = 1 and o.epoch = p_epoch
    ), taken as (
      insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id, hold_until)
      select p_org, id, 1, p_held_from, p_held_to, p_id, p_hold_until from leaf
      on conflict do nothing
      returning leaf_id
    ), booked as (
      insert into reservation (id, org_id, organizer_id, status, title, description, starts_at, ends_at, time_zone, private, attendees, hold_until, created_at, updated_at)
      select p_id, p_org, p_organizer, p_status, p_title, p_description, p_start, p_end, p_zone, p_private, p_attendees, p_hold_until, p_now, p_now from taken
      returning id
    ), listed as (
      insert into reservation_item (org_id, reservation_id, resource_id, quantity, partstat, held_from, held_to)
      select p_org, booked.id, p_resource, 1, case p_status when 'confirmed' then 'ACCEPTED' else 'TENTATIVE' end, p_held_from, p_held_to from booked
    ), told as (
      insert into event (id, org_id, type, subject_kind, subject_id, actor_id, request_id, data, traceparent, address, via_kind, via_id)
      select p_event_id, p_org, p_event_type, 'reservations', booked.id, p_organizer, p_request_id, p_event_data, p_traceparent, p_address, p_via_kind, p_via_id from booked
    )
    insert into idempotency (org_id, account_id, key, fingerprint, result, created_at)
    select p_org, p_organizer, p_key, p_fingerprint, p_result, p_now from booked where p_key is not null;

    return exists (select from occupancy where reservation_id = p_id);
  end $function$;

CREATE OR REPLACE FUNCTION public.book_together(p_org uuid, p_claims json)
 RETURNS uuid[]
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET lock_timeout TO '50ms'
AS $function$
      declare
        booked uuid[];
      begin
        perform set_config('app.org', p_org::text, true);

        with claim as materialized (
          select * from json_to_recordset(p_claims) as c(
            resource uuid, version integer, epoch bigint,
            id uuid, organizer uuid, status text, title text, description text,
            starts_at timestamptz, ends_at timestamptz, zone text, private boolean, attendees integer,
            held_from timestamptz, held_to timestamptz, hold_until timestamptz,
            event_id uuid, event_type text, event_data jsonb, request_id text,
            key text, fingerprint bytea, result jsonb, now timestamptz,
            traceparent text, address inet, via_kind text, via_id text)
        ), leaf as materialized (
          select c.* from claim c
          join resource r on r.org_id = p_org and r.id = c.resource and r.version = c.version and r.units = 1
          join organization o on o.id = r.org_id and o.epoch = c.epoch
        ), taken as (
          insert into occupancy (org_id, leaf_id, lane, s, e, reservation_id, hold_until)
          select p_org, resource, 1, held_from, held_to, id, hold_until from leaf order by resource, held_from
          on conflict do nothing
          returning reservation_id
        ), placed as materialized (
          select leaf.* from taken join leaf on leaf.id = taken.reservation_id
        ), reserved as (
          insert into reservation (id, org_id, organizer_id, status, title, description, starts_at, ends_at, time_zone, private, attendees, hold_until, created_at, updated_at)
          select id, p_org, organizer, status, title, description, starts_at, ends_at, zone, private, attendees, hold_until, now, now from placed
        ), listed as (
          insert into reservation_item (org_id, reservation_id, resource_id, quantity, partstat, held_from, held_to)
          select p_org, id, resource, 1, case status when 'confirmed' then 'ACCEPTED' else 'TENTATIVE' end, held_from, held_to from placed
        ), told as (
          insert into event (id, org_id, type, subject_kind, subject_id, actor_id, request_id, data, traceparent, address, via_kind, via_id)
          select event_id, p_org, event_type, 'reservations', id, organizer, request_id, event_data, traceparent, address, via_kind, via_id from placed
        ), kept as (
          insert into idempotency (org_id, account_id, key, fingerprint, result, created_at)
          select p_org, organizer, key, fingerprint, result, now from placed where key is not null
        )
        select array_agg(id) into booked from placed;

        return booked;
      end $function$;

CREATE OR REPLACE FUNCTION public.current_org()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.org'::text, true), ''::text))::uuid;

CREATE OR REPLACE FUNCTION public.cut_events(p_org uuid, p_sequence bigint, p_now timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
      begin
        if not exists (
          select from event_checkpoint c join event e on e.org_id = c.org_id and e.sequence = c.sequence and e.hash = c.hash
          where c.org_id = p_org and c.sequence = p_sequence)
        then
          raise exception 'the log is cut at a checkpoint only' using errcode = 'integrity_constraint_violation', constraint = 'event_cut_at_checkpoint';
        end if;
        insert into event_cut (org_id, sequence, at) values (p_org, p_sequence, p_now)
        on conflict (org_id) do update set sequence = excluded.sequence, at = excluded.at where event_cut.sequence < excluded.sequence;
        return found;
      end $function$;

CREATE OR REPLACE FUNCTION public.demo_going(p_org uuid, p_actor uuid, p_keeps_own boolean)
 RETURNS TABLE(kind text, id uuid)
 LANGUAGE sql
 STABLE
AS $function$
    with recursive guest as (
      select a.id from account a where a.org_id = p_org and a.demo and a.id <> p_actor
    ), own_claim as (
      select i.resource_id
      from reservation v
      join reservation_item i on i.reservation_id = v.id
      left join series s on s.id = v.series_id and s.cancelled_at is null
      where v.org_id = p_org and not v.demo and v.organizer_id not in (select id from guest)
        and (v.status in ('pending', 'confirmed', 'checked_in', 'completed', 'no_show') or s.id is not null)
      union
      select i.resource_id from series s join series_item i on i.series_id = s.id
      where s.org_id = p_org and not s.demo and s.cancelled_at is null and s.organizer_id not in (select id from guest)
      union
      select unnest(array_prepend(w.resource_id, w.with_resource_ids)) from waitlist_entry w
      where w.org_id = p_org and not w.demo and w.status in ('waiting', 'offered') and w.account_id not in (select id from guest)
    ), staying as (
      select r.id, r.parent_id from resource r
      where r.org_id = p_org and (not r.demo or (p_keeps_own and r.id in (select resource_id from own_claim)))
      union
      select r.id, r.parent_id from resource r join staying s on r.id = s.parent_id or r.parent_id = s.id where r.org_id = p_org
    ), lasting as (
      select r.* from resource r where r.org_id = p_org and (not r.demo or r.id in (select id from staying))
    ), going_resource as (
      select r.id from resource r where r.org_id = p_org and r.demo and r.id not in (select id from staying)
    ), going_series as (
      select s.id from series s
      where s.org_id = p_org
        and (s.demo or s.organizer_id in (select id from guest)
          or exists (select from series_item i where i.series_id = s.id and i.resource_id in (select id from going_resource)))
    ), going_reservation as (
      select v.id from reservation v
      where v.org_id = p_org
        and (v.demo or v.organizer_id in (select id from guest) or v.series_id in (select id from going_series)
          or exists (select from reservation_item i where i.reservation_id = v.id and i.resource_id in (select id from going_resource)))
    ), going_room as (
      select m.id from room m where m.org_id = p_org and m.demo and not exists (select from lasting r where r.room_id = m.id)
    ), going_floor as (
      select f.id from floor f
      where f.org_id = p_org and f.demo and not exists (select from lasting r where r.floor_id = f.id)
        and not exists (select from room m where m.floor_id = f.id and m.id not in (select id from going_room))
    ), going_site as (
      select s.id from site s
      where s.org_id = p_org and s.demo and not exists (select from lasting r where r.site_id = s.id)
        and not exists (select from floor f where f.site_id = s.id and f.id not in (select id from going_floor))
    ), going_type as (
      select t.id from resource_type t where t.org_id = p_org and t.demo and not exists (select from lasting r where r.type_id = t.id)
    ), lasting_policy as (
      select policy::text from organization where id = p_org
      union all select policy::text from site where org_id = p_org and id not in (select id from going_site)
      union all select policy::text from resource_type where org_id = p_org and id not in (select id from going_type)
      union all select policy::text from lasting
    ), needed as (
      select p.configured_by as id from identity_provider p where p.org_id = p_org
      union all
      select unnest(array[q.requested_by, q.decided_by]) as id from approval_request q
      where q.org_id = p_org and q.reservation_id not in (select id from going_reservation)
      union all
      select g.id from guest g where exists (select from lasting_policy p where p.policy like '%' || g.id || '%')
    ), going_account as (
      select g.id from guest g where not exists (select from needed n where n.id = g.id)
    )
    select 'account', id from going_account
    union all select 'role_assignment', id from role_assignment where org_id = p_org and demo
    union all select 'quota_rule', id from quota_rule where org_id = p_org and demo
    union all
    select 'people_group', g.id from people_group g
    where g.org_id = p_org and g.demo
      and not exists (select from group_member m where m.group_id = g.id and m.account_id not in (select id from guest))
      and not exists (select from role_assignment a where a.group_id = g.id and not a.demo)
      and not exists (select from identity_mapping i where i.group_id = g.id)
      and not exists (select from quota_rule q where q.org_id = p_org and not q.demo and q.who_kind = 'group' and q.who_id = g.id::text)
      and not exists (
        select from gate_group t
        where t.group_id = g.id
          and (t.site_id is null or t.site_id not in (select id from going_site))
          and (t.resource_id is null or t.resource_id not in (select id from going_resource)))
      and not exists (select from lasting_policy p where p.policy like '%' || g.id || '%')
    union all select 'site', id from going_site
    union all select 'floor', id from going_floor
    union all select 'room', id from going_room
    union all select 'resource_type', id from going_type
    union all select 'resource', id from going_resource
    union all select 'series', id from going_series
    union all select 'reservation', id from going_reservation
    union all
    select 'waitlist_entry', w.id from waitlist_entry w
    where w.org_id = p_org
      and (w.demo or w.account_id in (select id from guest) or array_prepend(w.resource_id, w.with_resource_ids) && array(select id from going_resource)
        or w.reservation_id in (select id from going_reservation) or w.hold_id in (select id from going_reservation)
        or w.occurrence_id in (select id from going_reservation))
    union all
    select 'blackout', b.id from blackout b
    where b.org_id = p_org
      and (b.demo or b.resource_id in (select id from going_resource) or b.site_id in (select id from going_site))
  $function$;

CREATE OR REPLACE FUNCTION public.event_at(e event, p_sequence bigint, p_place bigint DEFAULT NULL::bigint, p_position bigint DEFAULT NULL::bigint)
 RETURNS event
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
      begin
        e.sequence := p_sequence;
        e.log_position := coalesce(p_place, e.log_position);
        e.position := coalesce(p_position, e.position);
        return e;
      end $function$;

CREATE OR REPLACE FUNCTION public.event_hash(before bytea, e event, said bytea DEFAULT NULL::bytea)
 RETURNS bytea
 LANGUAGE sql
 STABLE
RETURN CASE WHEN (((e).form = 1) AND (num_nonnulls((e).traceparent, (e).address, (e).via_kind, (e).via_id, (e).on_behalf_of) = 0)) THEN sha256((before || convert_to((jsonb_build_object('id', (e).id, 'org', (e).org_id, 'sequence', (e).sequence, 'type', (e).type, 'subject', (((e).subject_kind || '/'::text) || (e).subject_id), 'actor', (e).actor_id, 'request', (e).request_id, 'at', to_char(((e).at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text), 'data', (e).data))::text, 'UTF8'::name))) ELSE sha256(((before || sha256(convert_to((jsonb_build_object('form', (e).form, 'position', (e)."position", 'place', (e).log_position, 'id', (e).id, 'org', (e).org_id, 'sequence', (e).sequence, 'type', (e).type, 'subject', (((e).subject_kind || '/'::text) || (e).subject_id), 'actor', (e).actor_id, 'request', (e).request_id, 'at', to_char(((e).at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text), 'trace', (e).traceparent, 'via', (e).via_kind, 'viaId', (e).via_id, 'for', (e).on_behalf_of))::text, 'UTF8'::name))) || COALESCE(said, event_said(e)))) END;

CREATE OR REPLACE FUNCTION public.event_keeps_its_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        if old.sequence is not null and not (
          to_jsonb(new) - array['data', 'address'] = to_jsonb(old) - array['data', 'address']
          and exists (select from event_redaction r where r.position = old.position and r.digest = event_said(new))
        ) then
          raise exception 'event % has its place in the log already', old.position using errcode = 'integrity_constraint_violation', constraint = 'event_keeps_its_place';
        end if;
        return new;
      end $function$;

CREATE OR REPLACE FUNCTION public.event_said(e event)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
RETURN sha256(convert_to((CASE (e).form WHEN 1 THEN (e).data ELSE jsonb_build_object('data', (e).data, 'address', host((e).address)) END)::text, 'UTF8'::name));

CREATE OR REPLACE FUNCTION public.follow_chain(p_org uuid, p_after bigint, p_hash bytea, p_limit integer, OUT checked integer, OUT reached bigint, OUT hash bytea, OUT broken_at bigint)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
AS $function$
      declare
        e event;
        sealed uuid[] := array(
          select s.subject_id from event s
          where s.org_id = p_org and s.type = 'user.erased' and s.data #>> '{after,digest}' = seal_of_redactions(p_org, s.subject_id));
      begin
        checked := 0;
        reached := p_after;
        hash := p_hash;
        for e in select * from event where org_id = p_org and sequence > p_after order by sequence limit p_limit loop
          if e.sequence <> reached + 1 or (e.hash <> event_hash(hash, e) and not exists (
            select from event_redaction r
            where r.position = e.position and r.account_id = any (sealed) and r.digest = event_said(e)
              and (e.form = 1 or e.hash = event_hash(hash, e, r.said))))
          then
            broken_at := reached + 1;
            return;
          end if;
          checked := checked + 1;
          reached := e.sequence;
          hash := e.hash;
        end loop;
      end $function$;

CREATE OR REPLACE FUNCTION public.forget_cut_events(p_org uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
      declare
        gone integer;
      begin
        delete from event e using (
          select position from event
          where org_id = p_org and sequence <= (select c.sequence from event_cut c where c.org_id = p_org)
          order by sequence limit p_limit
        ) as old
        where e.position = old.position;
        get diagnostics gone = row_count;
        return gone;
      end $function$;

CREATE OR REPLACE FUNCTION public.give_standard_tier()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    insert into request_tier (org_id, name, per_minute, is_default) values (new.id, 'standard', 6000, true);
    return null;
  end $function$;

CREATE OR REPLACE FUNCTION public.good_webhook_secrets(p_webhook uuid, p_now timestamp with time zone)
 RETURNS TABLE(secret_ids text[], secrets_sealed bytea[])
 LANGUAGE sql
 STABLE
AS $function$
        select array_agg(s.id::text order by s.is_current desc), array_agg(s.secret_sealed order by s.is_current desc)
        from webhook_secret s where s.webhook_id = p_webhook and (s.is_current or s.expires_at > p_now)
        having count(*) > 0
      $function$;

CREATE OR REPLACE PROCEDURE public.guard_by_organization(IN guarded regclass, IN org_column name DEFAULT 'org_id'::name)
 LANGUAGE plpgsql
AS $procedure$
      begin
        execute format('alter table %s enable row level security', guarded);
        execute format('create policy one_organization on %s to berth_app using (%I = (select current_org())) with check (%I = (select current_org()))', guarded, org_column, org_column);
        execute format('create policy every_organization on %s to berth_system using (true) with check (true)', guarded);
        execute format('grant select, insert, update, delete on %s to berth_app, berth_system', guarded);
      end $procedure$;

CREATE OR REPLACE FUNCTION public.has_way_in(organization uuid, person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
    select exists (select from account where org_id = organization and id = person and password_hash is not null)
        or exists (select from passkey where org_id = organization and account_id = person)
        or exists (
          select from linked_identity l join identity_provider p on p.org_id = l.org_id and p.id = l.provider_id
          where l.org_id = organization and l.account_id = person and p.enabled)
  $function$;

CREATE OR REPLACE FUNCTION public.lease_webhook_delivery(p_id uuid, p_now timestamp with time zone, p_until timestamp with time zone, p_each integer, p_each_failing integer)
 RETURNS TABLE(id uuid, org_id uuid, event_id uuid, body text, traceparent text, is_replay boolean, attempts smallint, first_attempt_at timestamp with time zone, webhook_id uuid, url text, headers_sealed bytea, secret_ids text[], secrets_sealed bytea[])
 LANGUAGE plpgsql
AS $function$
      #variable_conflict use_column
      declare
        hook webhook;
      begin
        select w.* into hook from webhook w
        where w.id = (select d.webhook_id from webhook_delivery d where d.id = p_id) and w.state = 'active'
        for no key update;
        if not found then return; end if;
        return query
          with leased as (
            update webhook_delivery d
            set leased_until = p_until, first_attempt_at = coalesce(d.first_attempt_at, p_now)
            where d.id = p_id and d.next_attempt_at <= p_now and (d.leased_until is null or d.leased_until <= p_now)
              and (select count(*) from webhook_delivery b where b.webhook_id = hook.id and b.leased_until > p_now)
                < case when hook.failing_since is null then p_each else p_each_failing end
            returning d.*)
          select l.id, l.org_id, l.event_id, l.body, l.traceparent, l.is_replay, l.attempts, l.first_attempt_at,
                 hook.id, hook.url, hook.headers_sealed, s.secret_ids, s.secrets_sealed
          from leased l cross join lateral good_webhook_secrets(hook.id, p_now) s;
      end $function$;

CREATE OR REPLACE FUNCTION public.mark_demo(p_org uuid, p_admin uuid, p_own_types uuid[])
 RETURNS void
 LANGUAGE sql
AS $function$
    update account a set demo = true
    where a.org_id = p_org and a.id <> p_admin and not exists (select from session s where s.org_id = p_org and s.account_id = a.id);
    update site set demo = true where org_id = p_org;
    update floor set demo = true where org_id = p_org;
    update room set demo = true where org_id = p_org;
    update resource_type set demo = true where org_id = p_org and id <> all (p_own_types);
    update resource set demo = true where org_id = p_org;
    update series set demo = true where org_id = p_org;
    update reservation set demo = true where org_id = p_org;
    update blackout set demo = true where org_id = p_org;
    update people_group set demo = true where org_id = p_org;
    update role_assignment set demo = true where org_id = p_org;
    update quota_rule set demo = true where org_id = p_org;
    update waitlist_entry set demo = true where org_id = p_org;
  $function$;

CREATE OR REPLACE FUNCTION public.organization_has_owner()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        -- One at a time: of two owners who resign at once the second must see that the first is gone.
        perform from organization where id = old.org_id for no key update;
        if not exists (select from account where org_id = old.org_id and role = 'admin' and status = 'active') then
          raise exception 'an organization keeps at least one owner'
            using errcode = 'check_violation', constraint = 'organization_has_owner', table = 'account';
        end if;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION public.redact_events(p_org uuid, p_account uuid, p_theirs uuid[], p_words text[], OUT redacted integer, OUT digest text)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
      declare
        e event;
        bare event;
      begin
        if p_org is distinct from current_org() then
          raise insufficient_privilege using message = 'the events of another organization';
        end if;
        for e in
          select * from event
          where org_id = p_org and (subject_id = any (p_theirs) or actor_id = p_account or data::text like '%' || p_account || '%')
          order by position
        loop
          bare := e;
          bare.data := without_texts(e.data, case
            when e.subject_id = any (p_theirs) then null
            when e.actor_id = p_account and e.subject_kind not in ('organizations', 'sites', 'floors', 'rooms', 'resource-types', 'resources', 'blackouts',
              'users', 'groups', 'roles', 'request-tiers', 'quota-rules', 'reservations', 'series', 'waitlist', 'approvals') then null
            else p_words end);
          if e.actor_id = p_account or e.subject_id = any (p_theirs) then
            bare.address := null;
          end if;
          continue when bare = e;
          insert into event_redaction (position, org_id, account_id, digest, said)
          values (e.position, p_org, p_account, event_said(bare),
                  coalesce((select r.said from event_redaction r where r.position = e.position limit 1), event_said(e)))
          on conflict (position, account_id) do update set digest = excluded.digest;
          update event set data = bare.data, address = bare.address where position = e.position;
        end loop;
        select count(*), seal_of_redactions(p_org, p_account) into redacted, digest
        from event_redaction r where r.org_id = p_org and r.account_id = p_account;
      end $function$;

CREATE OR REPLACE FUNCTION public.remove_demo(p_org uuid, p_actor uuid, p_keeps_own boolean, p_undo_until timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    declare
      accounts uuid[]; sites uuid[]; floors uuid[]; rooms uuid[]; types uuid[]; resources uuid[]; rows_of uuid[]; reservations uuid[];
      entries uuid[]; blackouts uuid[]; teams uuid[]; given uuid[]; quotas uuid[];
      marked name;
    begin
      if p_org is distinct from current_org() then
        raise insufficient_privilege using message = 'the demo data of another organization';
      end if;
      -- Who books one of these at this moment waits here, and then finds it gone.
      perform from resource where org_id = p_org and demo order by id for update;
      perform from account where org_id = p_org and demo order by id for update;

      select array_agg(it.id) filter (where it.kind = 'account'), array_agg(it.id) filter (where it.kind = 'site'),
             array_agg(it.id) filter (where it.kind = 'floor'), array_agg(it.id) filter (where it.kind = 'room'),
             array_agg(it.id) filter (where it.kind = 'resource_type'), array_agg(it.id) filter (where it.kind = 'resource'),
             array_agg(it.id) filter (where it.kind = 'series'), array_agg(it.id) filter (where it.kind = 'reservation'),
             array_agg(it.id) filter (where it.kind = 'waitlist_entry'), array_agg(it.id) filter (where it.kind = 'blackout'),
             array_agg(it.id) filter (where it.kind = 'people_group'), array_agg(it.id) filter (where it.kind = 'role_assignment'),
             array_agg(it.id) filter (where it.kind = 'quota_rule')
      into accounts, sites, floors, rooms, types, resources, rows_of, reservations, entries, blackouts, teams, given, quotas
      from demo_going(p_org, p_actor, p_keeps_own) as it;

      -- Each table after those that point at it; restore_demo goes the other way.
      call set_aside_demo(p_org, 'role_assignment', 't.id = any ($2)', given);
      call set_aside_demo(p_org, 'quota_exception', 't.rule_id = any ($2)', quotas);
      call set_aside_demo(p_org, 'quota_rule', 't.id = any ($2)', quotas);
      call set_aside_demo(p_org, 'group_member', 't.group_id = any ($2)', teams);
      call set_aside_demo(p_org, 'group_member', 't.account_id = any ($2)', accounts);
      call set_aside_demo(p_org, 'waitlist_entry', 't.id = any ($2)', entries);
      call set_aside_demo(p_org, 'approval_approver', 't.request_id in (select q.id from approval_request q where q.reservation_id = any ($2))', reservations);
      call set_aside_demo(p_org, 'approval_approver', '(t.account_id = any ($2) or t.delegated_by = any ($2))', accounts);
      call set_aside_demo(p_org, 'approval_request', 't.reservation_id = any ($2)', reservations);
      call set_aside_demo(p_org, 'occupancy', 't.reservation_id = any ($2)', reservations);
      call set_aside_demo(p_org, 'reservation_item', 't.reservation_id = any ($2)', reservations);
      call set_aside_demo(p_org, 'reservation', 't.id = any ($2)', reservations);
      call set_aside_demo(p_org, 'series_item', 't.series_id = any ($2)', rows_of);
      update series set split_from_id = null where org_id = p_org and split_from_id = any (rows_of) and id <> all (rows_of);
      call set_aside_demo(p_org, 'series', 't.id = any ($2)', rows_of);
      update reservation set booked_by_id = null where org_id = p_org and booked_by_id = any (accounts);
      update series set booked_by_id = null where org_id = p_org and booked_by_id = any (accounts);
      delete from waitlist_opening where org_id = p_org and resource_id = any (resources);
      call set_aside_demo(p_org, 'favourite', 't.resource_id = any ($2)', resources);
      call set_aside_demo(p_org, 'favourite', 't.account_id = any ($2)', accounts);
      call set_aside_demo(p_org, 'saved_search', 't.account_id = any ($2)', accounts);
      call set_aside_demo(p_org, 'blackout', 't.id = any ($2)', blackouts);
      call set_aside_demo(p_org, 'shared_day', 't.resource_id = any ($2)', resources);
      call set_aside_demo(p_org, 'resource_assignment', 't.resource_id = any ($2)', resources);
      call set_aside_demo(p_org, 'resource_leaf', 't.resource_id = any ($2)', resources);
      call set_aside_demo(p_org, 'resource', 't.id = any ($2)', resources);
      call set_aside_demo(p_org, 'room', 't.id = any ($2)', rooms);
      call set_aside_demo(p_org, 'floor', 't.id = any ($2)', floors);
      call set_aside_demo(p_org, 'site', 't.id = any ($2)', sites);
      call set_aside_demo(p_org, 'resource_type', 't.id = any ($2)', types);
      -- Sign-ins, tickets and jobs of these people end here and do not come back.
      call set_aside_demo(p_org, 'people_group', 't.id = any ($2)', teams);
      call set_aside_demo(p_org, 'account', 't.id = any ($2)', accounts);

      foreach marked in array array['site', 'floor', 'room', 'resource_type', 'resource', 'account', 'people_group'] loop
        execute format(
          'with kept as (select to_jsonb(t) as content from %1$I t where t.org_id = $1 and t.demo)
           insert into demo_removed_row (org_id, table_name, stays, content) select $1, %1$L, true, content from kept', marked) using p_org;
        execute format('update %I set demo = false where org_id = $1 and demo', marked) using p_org;
      end loop;
      -- The password of the demo people is no secret: who of them stays cannot sign in with it.
      update account set password_hash = null, status = 'suspended'
      where org_id = p_org and id <> p_actor
        and id in (select (content ->> 'id')::uuid from demo_removed_row where org_id = p_org and table_name = 'account' and stays);
      update organization set demo = false, demo_undo_until = p_undo_until, epoch = epoch + 1 where id = p_org;
    end $function$;

CREATE OR REPLACE FUNCTION public.requests_in_reach(full_at timestamp with time zone, at timestamp with time zone, per_minute integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (GREATEST((0)::numeric, floor(((((60.0 - GREATEST((0)::numeric, EXTRACT(epoch FROM (full_at - at)))) * (per_minute)::numeric) / 60.0) + 0.000001))))::integer;

CREATE OR REPLACE FUNCTION public.reservation_not_merged()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        if exists (select from account a where a.org_id = new.org_id and a.id in (new.organizer_id, new.booked_by_id) and a.merged_into is not null) then
          raise exception 'the account was merged into another'
            using errcode = 'foreign_key_violation', constraint = 'account_not_merged', table = tg_table_name;
        end if;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION public.restore_demo(p_org uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    declare
      lost uuid[];
      back name;
      columns text;
    begin
      if p_org is distinct from current_org() then
        raise insufficient_privilege using message = 'the demo data of another organization';
      end if;
      -- On resources that stayed somebody may have booked in between: that stands, and the demo booking is lost.
      perform from resource
      where org_id = p_org and id in (select (content ->> 'leaf_id')::uuid from demo_removed_row where org_id = p_org and table_name = 'occupancy')
      order by id for update;
      select array_agg(distinct (d.content ->> 'reservation_id')::uuid) into lost
      from demo_removed_row d
      join occupancy o on o.leaf_id = (d.content ->> 'leaf_id')::uuid and o.lane = (d.content ->> 'lane')::smallint
        and tstzrange(o.s, o.e) && tstzrange((d.content ->> 's')::timestamptz, (d.content ->> 'e')::timestamptz)
      where d.org_id = p_org and d.table_name = 'occupancy';
      delete from demo_removed_row d
      where d.org_id = p_org and d.table_name = 'approval_approver'
        and d.content ->> 'request_id' in (
          select q.content ->> 'id' from demo_removed_row q
          where q.org_id = p_org and q.table_name = 'approval_request' and (q.content ->> 'reservation_id')::uuid = any (lost));
      delete from demo_removed_row d
      where d.org_id = p_org
        and ((d.content ->> 'reservation_id')::uuid = any (lost) or (d.content ->> 'hold_id')::uuid = any (lost)
          or (d.content ->> 'occurrence_id')::uuid = any (lost)
          or (d.table_name = 'reservation' and (d.content ->> 'id')::uuid = any (lost)));

      -- What belonged to a person, a group or a site that stayed and has gone since is lost with it.
      delete from demo_removed_row d
      where d.org_id = p_org and d.table_name in ('group_member', 'quota_exception', 'role_assignment')
        and exists (
          select from unnest(array[d.content ->> 'account_id', d.content ->> 'group_id', d.content ->> 'site_id']) as it (id)
          where it.id is not null and it.id not in (
            select id::text from account where org_id = p_org
            union all select id::text from people_group where org_id = p_org
            union all select id::text from site where org_id = p_org
            union all select r.content ->> 'id' from demo_removed_row r
              where r.org_id = p_org and r.table_name in ('account', 'people_group', 'site') and not r.stays));
      foreach back in array array['account', 'resource_type', 'site', 'floor', 'room', 'resource', 'resource_leaf', 'resource_assignment', 'shared_day', 'blackout', 'saved_search',
          'favourite', 'people_group', 'group_member', 'quota_rule', 'quota_exception', 'role_assignment', 'series', 'series_item', 'reservation', 'reservation_item', 'occupancy', 'approval_request', 'approval_approver', 'waitlist_entry'] loop
        -- A column that came with a later release has its default.
        select string_agg(quote_ident(a.attname), ', ') into columns
        from pg_attribute a
        where a.attrelid = back::text::regclass and a.attnum > 0 and not a.attisdropped
          and exists (select from demo_removed_row d where d.org_id = p_org and d.table_name = back and d.content ? a.attname);
        continue when columns is null;
        execute format(
          'insert into %1$I (%2$s) overriding system value
           select %2$s from jsonb_populate_recordset(null::%1$I, (select jsonb_agg(content order by place) from demo_removed_row where org_id = $1 and table_name = %1$L and not stays))',
          back, columns) using p_org;
        continue when back <> all (array['account', 'resource_type', 'site', 'floor', 'room', 'resource', 'people_group']);
        execute format(
          'update %1$I set demo = true
           where org_id = $1 and id in (select (content ->> ''id'')::uuid from demo_removed_row where org_id = $1 and table_name = %1$L and stays)',
          back) using p_org;
      end loop;
      update account a set password_hash = d.content ->> 'password_hash', status = d.content ->> 'status'
      from demo_removed_row d
      where d.org_id = p_org and d.table_name = 'account' and d.stays and a.id = (d.content ->> 'id')::uuid and a.password_hash is null;
      delete from demo_removed_row where org_id = p_org;
      update organization set demo = true, demo_undo_until = null, epoch = epoch + 1 where id = p_org;
    end $function$;

CREATE OR REPLACE FUNCTION public.seal_of_redactions(p_org uuid, p_account uuid)
 RETURNS text
 LANGUAGE sql
 STABLE
RETURN (SELECT encode(sha256(convert_to(COALESCE(string_agg(((r."position" || ':'::text) || encode(r.digest, 'hex'::text)), ' '::text ORDER BY r."position"), ''::text), 'UTF8'::name)), 'hex'::text) AS encode FROM event_redaction r WHERE ((r.org_id = seal_of_redactions.p_org) AND (r.account_id = seal_of_redactions.p_account)));

CREATE OR REPLACE FUNCTION public.sequence_events(batch integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
      declare
        due record;
        e event;
        chain event_chain;
        head bigint;
        placed event[] := '{}';
        ends event_chain[] := '{}';
      begin
        if not pg_try_advisory_xact_lock(hashtext('berth.sequencer')) then
          return 0;
        end if;
        select position into head from event_log_head for update;
        for due in
          select next as event, row_number() over (order by next.position) as n
          from (
            select * from event
            where sequence is null
            order by position
            limit batch
          ) as next
          order by next.org_id, next.position
        loop
          e := due.event;
          if chain.org_id is distinct from e.org_id then
            if chain.org_id is not null then
              ends := ends || chain;
            end if;
            select * into chain from event_chain where org_id = e.org_id;
            if not found then
              chain := row(e.org_id, 0, sha256(''));
            end if;
          end if;
          e.sequence := chain.sequence + 1;
          e.log_position := head + due.n;
          e.hash := event_hash(chain.hash, e);
          chain := row(e.org_id, e.sequence, e.hash);
          placed := placed || e;
        end loop;
        if chain.org_id is null then
          return 0;
        end if;

        update event set sequence = it.sequence, log_position = it.log_position, hash = it.hash
          from unnest(placed) as it where event.position = it.position;
        insert into event_chain select * from unnest(ends || chain)
          on conflict (org_id) do update set sequence = excluded.sequence, hash = excluded.hash;
        update event_log_head set position = head + cardinality(placed);
        return cardinality(placed);
      end $function$;

CREATE OR REPLACE PROCEDURE public.set_aside_demo(IN p_org uuid, IN p_table name, IN p_rows text, IN p_ids uuid[])
 LANGUAGE plpgsql
AS $procedure$
    begin
      execute format(
        'with gone as (delete from %1$I t where t.org_id = $1 and %2$s returning to_jsonb(t) as content)
         insert into demo_removed_row (org_id, table_name, stays, content) select $1, %1$L, false, content from gone',
        p_table, p_rows) using p_org, p_ids;
    end $procedure$;

CREATE OR REPLACE FUNCTION public.take_requests(p_org uuid, p_account uuid, p_wish integer)
 RETURNS TABLE(granted integer, per_minute integer, per_day integer, remaining integer, used integer, full_in double precision, retry_in double precision)
 LANGUAGE plpgsql
 SET synchronous_commit TO 'off'
AS $function$
  #variable_conflict use_column
  declare
    tier request_tier;
    kept request_allowance;
    at timestamptz;
    in_reach integer;
    left_today integer;
  begin
    perform set_config('app.org', p_org::text, true);
    insert into request_allowance (org_id, account_id) values (p_org, p_account) on conflict do nothing;
    select * into kept from request_allowance where org_id = p_org and account_id = p_account for update;
    select * into tier from request_tier t where t.org_id = p_org and case when kept.tier_id is null then t.is_default else t.id = kept.tier_id end;
    at := clock_timestamp();
    if kept.day < (at at time zone 'UTC')::date then
      kept.day := (at at time zone 'UTC')::date;
      kept.used := 0;
    end if;
    in_reach := requests_in_reach(kept.full_at, at, tier.per_minute);
    left_today := case when tier.per_day is not null then greatest(0, tier.per_day - kept.used) end;
    granted := least(p_wish, in_reach, coalesce(left_today, p_wish));
    kept.full_at := greatest(kept.full_at, at) + make_interval(secs => granted * 60.0 / tier.per_minute);
    kept.used := kept.used + granted;
    update request_allowance set full_at = kept.full_at, day = kept.day, used = kept.used where org_id = p_org and account_id = p_account;

    per_minute := tier.per_minute;
    per_day := tier.per_day;
    remaining := least(in_reach, coalesce(left_today, in_reach)) - granted;
    used := kept.used;
    full_in := greatest(0, extract(epoch from kept.full_at - at));
    retry_in := case
      when granted > 0 then 0
      when left_today = 0 then extract(epoch from date_trunc('day', at at time zone 'UTC') + interval '1 day' - (at at time zone 'UTC'))
      else extract(epoch from kept.full_at - at) - 60 + 60.0 / tier.per_minute
    end;
    return next;
  end $function$;

CREATE OR REPLACE FUNCTION public.take_requests_of_address(p_address inet, p_per_minute integer, p_wish integer)
 RETURNS TABLE(granted integer, remaining integer, full_in double precision, retry_in double precision)
 LANGUAGE plpgsql
 SET synchronous_commit TO 'off'
AS $function$
  #variable_conflict use_column
  declare
    kept timestamptz;
    at timestamptz;
    in_reach integer;
  begin
    insert into address_allowance (address, full_at) values (p_address, 'epoch') on conflict do nothing;
    select full_at into kept from address_allowance where address = p_address for update;
    at := clock_timestamp();
    in_reach := requests_in_reach(kept, at, p_per_minute);
    granted := least(p_wish, in_reach);
    kept := greatest(kept, at) + make_interval(secs => granted * 60.0 / p_per_minute);
    update address_allowance set full_at = kept where address = p_address;
    remaining := in_reach - granted;
    full_in := greatest(0, extract(epoch from kept - at));
    retry_in := case when granted > 0 then 0 else full_in - 60 + 60.0 / p_per_minute end;
    return next;
  end $function$;

CREATE OR REPLACE FUNCTION public.take_requests_of_client(p_org uuid, p_client uuid, p_wish integer)
 RETURNS TABLE(granted integer, per_minute integer, remaining integer, full_in double precision, retry_in double precision)
 LANGUAGE plpgsql
 SET synchronous_commit TO 'off'
AS $function$
  #variable_conflict use_column
  declare
    kept timestamptz;
    at timestamptz;
    in_reach integer;
  begin
    perform set_config('app.org', p_org::text, true);
    insert into client_allowance (org_id, client_id) values (p_org, p_client) on conflict do nothing;
    select full_at into kept from client_allowance where client_id = p_client for update;
    select c.per_minute into per_minute from oauth_client c where c.id = p_client;
    at := clock_timestamp();
    in_reach := requests_in_reach(kept, at, per_minute);
    granted := least(p_wish, in_reach);
    kept := greatest(kept, at) + make_interval(secs => granted * 60.0 / per_minute);
    update client_allowance set full_at = kept where client_id = p_client;
    remaining := in_reach - granted;
    full_in := greatest(0, extract(epoch from kept - at));
    retry_in := case when granted > 0 then 0 else full_in - 60 + 60.0 / per_minute end;
    return next;
  end $function$;

CREATE OR REPLACE FUNCTION public.take_requests_of_token(p_org uuid, p_token uuid, p_wish integer)
 RETURNS TABLE(granted integer, per_minute integer, remaining integer, full_in double precision, retry_in double precision)
 LANGUAGE plpgsql
 SET synchronous_commit TO 'off'
AS $function$
      #variable_conflict use_column
      declare
        kept timestamptz;
        at timestamptz;
        in_reach integer;
      begin
        perform set_config('app.org', p_org::text, true);
        select t.full_at, t.per_minute into kept, per_minute from api_token t where t.org_id = p_org and t.id = p_token for update;
        at := clock_timestamp();
        in_reach := requests_in_reach(kept, at, per_minute);
        granted := least(p_wish, in_reach);
        kept := greatest(kept, at) + make_interval(secs => granted * 60.0 / per_minute);
        update api_token set full_at = kept where org_id = p_org and id = p_token;
        remaining := in_reach - granted;
        full_in := greatest(0, extract(epoch from kept - at));
        retry_in := case when granted > 0 then 0 else full_in - 60 + 60.0 / per_minute end;
        return next;
      end $function$;

CREATE OR REPLACE FUNCTION public.why_broken(p_org uuid, p_at bigint, p_hash bytea, OUT fault text, OUT at bigint)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
AS $function$
      declare
        here event;
        next event;
        before bytea;
      begin
        at := p_at;
        select * into here from event e where e.org_id = p_org and e.sequence = p_at;
        if not found then
          fault := case when exists (select from event e where e.org_id = p_org and e.sequence > p_at) then 'missing' else 'truncated' end;
          return;
        end if;
        select * into next from event e where e.org_id = p_org and e.sequence = p_at + 1;
        if next.sequence is not null and event_hash(p_hash, event_at(next, p_at)) = next.hash then
          fault := case when event_hash(next.hash, event_at(here, p_at + 1)) = here.hash then 'swapped' else 'inserted' end;
          return;
        end if;
        select coalesce((select e.hash from event e where e.org_id = p_org and e.sequence = p_at - 2), case p_at when 2 then sha256('') end) into before;
        if event_hash(before, event_at(here, p_at - 1)) = here.hash then
          fault := 'inserted';
          at := p_at - 1;
          return;
        end if;
        if exists (
          select from event e where e.org_id = p_org and e.sequence > p_at
            and e.hash in (event_hash(p_hash, event_at(e, p_at)), event_hash(p_hash, event_at(e, p_at, here.log_position, here.position))))
        then
          fault := 'swapped';
          return;
        end if;
        fault := case
          when next.sequence is not null and event_hash(here.hash, event_at(next, p_at + 2)) = next.hash then 'missing'
          else 'edited' end;
      end $function$;

CREATE OR REPLACE FUNCTION public.without_texts(data jsonb, words text[] DEFAULT NULL::text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
      begin
        case jsonb_typeof(data)
          when 'object' then
            return (select coalesce(jsonb_object_agg(key, case
                when jsonb_typeof(value) = 'string' and key in ('status', 'state', 'role', 'kind', 'rule', 'level', 'outcome', 'code', 'timeZone', 'rrule', 'language', 'unit') then value
                when jsonb_typeof(value) = 'string' and key in ('reason', 'message', 'question', 'answer', 'note', 'comment') then 'null'
                else without_texts(value, words)
              end), '{}') from jsonb_each(data));
          when 'array' then
            return (select coalesce(jsonb_agg(without_texts(value, words) order by n), '[]') from jsonb_array_elements(data) with ordinality as it(value, n));
          when 'string' then
            if words is not null then
              return case when exists (select from unnest(words) as word where position(lower(word) in lower(data #>> '{}')) > 0) then 'null' else data end;
            end if;
            return case when data #>> '{}' ~ '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+Z)?)$' then data else 'null' end;
          else return data;
        end case;
      end $function$;
