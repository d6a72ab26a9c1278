import Campaigns
import Reports

extension Standstill {
    /// A cause a row.
    public var table: Table {
        Table(
            columns: ["campaign", "contacts", "code", "reason"],
            rows: causes.map {
                [.text(campaign), Cell($0.contacts.map(Int64.init)), .text($0.code), .text($0.textWithCommand)]
            })
    }

    /// The answer for people, one sentence a line.
    public var sentences: [String] {
        var lines = ["Campaign “\(campaign)”: \(Counted.text(dialable, "contact")) may be called now."]
        lines += causes.map { cause in cause.contacts.map { "\($0) \(cause.text)" } ?? cause.textWithCommand }
        if dialable == 0 {
            lines.append(
                earliest.map { "The first contact may be called at \($0)." }
                    ?? "No date frees a contact; see the reasons above.")
        }
        return lines
    }
}

extension Standstill.Cause {
    /// What is in the way, and the command that mends it.
    fileprivate var textWithCommand: String {
        command.map { "\(text)\(code == "no_station" ? ": " : "; ")\($0)" } ?? text
    }
}
