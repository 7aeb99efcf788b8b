/* ids: one distinct identifier type per kind of thing in the register. */
#ifndef BASE_IDS_H
#define BASE_IDS_H

#include "base/uuid.h"

ID_TYPE(TenantId);
ID_TYPE(UserId);
ID_TYPE(OrganisationId);
ID_TYPE(ProgrammeId);
ID_TYPE(MemberId);
ID_TYPE(ParticipantId);
ID_TYPE(ContactId);
ID_TYPE(CompanyId);
ID_TYPE(PlacementId);
ID_TYPE(ActivityId);
ID_TYPE(MentorId);
ID_TYPE(GoalId);
ID_TYPE(DefinitionId);
ID_TYPE(JudgementId);
ID_TYPE(NodeId);
ID_TYPE(QuestionId);
ID_TYPE(WaveId);
ID_TYPE(ResponseId);
ID_TYPE(TokenId);
ID_TYPE(RelationId);
ID_TYPE(ConsentId);
ID_TYPE(GuestCodeId);
ID_TYPE(SheetId);
ID_TYPE(WishId);
ID_TYPE(QuoteId);
ID_TYPE(RequestId);
ID_TYPE(SessionId);
ID_TYPE(NetworkId);
ID_TYPE(ReferralStepId);
ID_TYPE(MessageId);

#endif
