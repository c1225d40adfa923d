/**
 * People by what they have to do with a site that is shown to one group: who manages it, who manages another, who approves
 * for its room, a member of the group, and somebody with none of these. `yes` is let in, `no` is 403, `hidden` is 404 as for
 * what does not exist.
 */
export const relations = ['here', 'there', 'approver', 'member', 'outsider'] as const;
export type Relation = (typeof relations)[number];
export type Relating = 'yes' | 'no' | 'hidden';

/** Routes down, people across in that order. */
export const related: Readonly<Record<string, readonly [Relating, Relating, Relating, Relating, Relating]>> = {
  'GET /sites/{site}': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /floors/{floor}': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /rooms/{room}': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /business-hours?siteId={site}': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /resources/{resource}': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /resources/{resource}/business-hours': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /resources/{resource}/blackouts': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /resources/{resource}/assignment': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /resources/{resource}/next-available': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /resources/{resource}/waitlist': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /approvals/resources/{resource}/settings': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /reservations/{reservation}': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'POST /availability/check': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'POST /reservations?dryRun=true': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'POST /reservations/{reservation}/move?dryRun=true': ['yes', 'hidden', 'no', 'yes', 'hidden'],
  'PATCH /reservations/{reservation}': ['yes', 'hidden', 'no', 'yes', 'hidden'],
  'GET /resources/{resource}/access': ['yes', 'hidden', 'no', 'no', 'no'],
  'PUT /resources/{resource}/business-hours': ['yes', 'hidden', 'no', 'no', 'no'],
  'POST /resources/{resource}/blackouts': ['yes', 'hidden', 'no', 'no', 'no'],
  'POST /resources/{resource}/status?dryRun=true': ['yes', 'hidden', 'no', 'no', 'no'],
  'PUT /resources/{resource}/assignment?dryRun=true': ['yes', 'hidden', 'no', 'no', 'no'],
  'PATCH /resources/{resource}': ['yes', 'hidden', 'no', 'no', 'no'],
  'GET /sites/{site}/access': ['yes', 'hidden', 'no', 'no', 'no'],
  'POST /roles/assignments': ['yes', 'hidden', 'no', 'no', 'no'],
  'PATCH /sites/{site}': ['yes', 'hidden', 'no', 'no', 'no'],
  'POST /floors': ['yes', 'hidden', 'no', 'no', 'no'],
  'PATCH /floors/{floor}': ['yes', 'hidden', 'no', 'no', 'no'],
  'POST /rooms': ['yes', 'hidden', 'no', 'no', 'no'],
  'PATCH /rooms/{room}': ['yes', 'hidden', 'no', 'no', 'no'],
  'POST /resources#of-the-site': ['yes', 'hidden', 'no', 'no', 'no'],
  'POST /resources#of-the-resource': ['yes', 'hidden', 'no', 'no', 'no'],
  'GET /series/{series}': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'PATCH /series/{series}': ['yes', 'hidden', 'no', 'yes', 'hidden'],
  'GET /waitlist/{waitlist}': ['yes', 'hidden', 'hidden', 'yes', 'hidden'],
  'GET /approvals/{approval}': ['yes', 'hidden', 'yes', 'yes', 'hidden'],
  'GET /approvals/{approval}/background': ['yes', 'hidden', 'yes', 'no', 'hidden'],
  'POST /approvals/{approval}/ask': ['yes', 'hidden', 'yes', 'no', 'hidden'],
  // Nowhere in particular: for who manages all.
  'POST /resources': ['no', 'no', 'no', 'no', 'no'],
  'POST /sites': ['no', 'no', 'no', 'no', 'no'],
  'POST /sites/{site}/access/preview': ['yes', 'hidden', 'no', 'no', 'no'],
  'POST /resources/{resource}/access/preview': ['yes', 'hidden', 'no', 'no', 'no'],
  'GET /roles/assignments?at=site:{site}': ['yes', 'hidden', 'no', 'no', 'no'],
  'GET /roles/assignments?at=resource:{resource}': ['yes', 'hidden', 'no', 'no', 'no'],
  'GET /roles/assignments?at=organization': ['no', 'no', 'no', 'no', 'no'],
  'GET /roles/explain?user={outsider}&permission=place:read&scope=site:{site}': ['yes', 'hidden', 'no', 'no', 'no'],
  'GET /roles/explain?user={outsider}&permission=place:read': ['no', 'no', 'no', 'no', 'no'],
  'GET /roles/places': ['yes', 'yes', 'no', 'no', 'no'],
  'GET /roles': ['yes', 'yes', 'no', 'no', 'no'],
  'POST /roles': ['no', 'no', 'no', 'no', 'no'],
};
