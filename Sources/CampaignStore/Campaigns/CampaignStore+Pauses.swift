import Campaigns
import GRDB

extension CampaignStore {
    /// What the journal says of campaigns that are paused in a back-up, so that a restored one dials nothing by itself.
    static let backupPause = "in a back-up"

    /// Why a campaign was paused last, where the program itself did it; nil where a person did.
    public func lastPauseReason(of campaign: CampaignID) throws -> String? {
        try read {
            try Row.fetchOne(
                $0,
                sql: """
                    SELECT detail FROM journal WHERE campaign_id = ? AND event = 'campaign_paused' ORDER BY seq DESC LIMIT 1
                    """, arguments: [campaign.value])
        }.flatMap { $0["detail"] }
    }

    /// Why a brake holds a campaign: it is paused, and its last pause was a brake's; nil where none does.
    ///
    /// Only a person lifts a brake: a program that is started again and again must not.
    public func brakeReason(of campaign: StoredCampaign) throws -> String? {
        guard campaign.state == .paused, let reason = try lastPauseReason(of: campaign.id),
            reason != Self.backupPause
        else { return nil }
        return reason
    }
}
