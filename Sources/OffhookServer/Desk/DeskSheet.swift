/// All that a desk page shows; a page that loads again shows the same.
struct DeskSheet: Codable, Sendable {
    var state: DeskView
    /// The contact that is called or shown; nil where there is none, or where it may not be seen.
    var contact: ContactSheet?
    /// The call that something can be said of; nil where none is open.
    var call: SayableCall?
    /// Who rings or is on the line without our having called.
    var caller: CallerSheet?
    /// The agent's last call, of which they may think again.
    var lastCall: SayableCall?
    var pauseReasons: [String]
    /// Campaigns under whose rules a number can be called by hand.
    var campaigns: [String]
}

/// Somebody who calls the station, looked up in all contacts.
struct CallerSheet: Codable, Sendable {
    var line: Int
    /// As the phone shows it; nil where it shows none.
    var shown: String?
    var number: String?
    var isRinging: Bool
    /// The contacts who hold the number, in any campaign that may be seen.
    var contacts: [ContactSheet]

    /// Most contacts that are shown of one number.
    static let mostContacts = 5
}
