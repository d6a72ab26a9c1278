import Campaigns
import PhoneNumbers

/// A contact that is set aside for a station, with the number to call.
public struct Reservation: Sendable, Hashable {
    public var contact: ContactID
    public var campaign: CampaignID
    public var list: Int64
    public var numberID: Int64
    public var number: PhoneNumber
    public var areaID: Int64
    public var area: Area
    /// Whether it was picked as a callback.
    public var isCallback: Bool

    /// A reservation from its parts; only the store sets contacts aside.
    public init(
        contact: ContactID, campaign: CampaignID, list: Int64, numberID: Int64, number: PhoneNumber, areaID: Int64,
        area: Area, isCallback: Bool
    ) {
        self.contact = contact
        self.campaign = campaign
        self.list = list
        self.numberID = numberID
        self.number = number
        self.areaID = areaID
        self.area = area
        self.isCallback = isCallback
    }
}
