import Campaigns

extension CallScript {
    /// The script for a terminal: its lines are its own, and what is filled in stays on one.
    func shown(_ values: [(name: String, value: String)]) -> String {
        filled(values.map { (name: $0.name, value: VisibleText.onOneLine($0.value)) })
    }
}
