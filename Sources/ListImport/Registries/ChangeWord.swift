/// What a list of changes calls an addition and a removal.
enum ChangeWord {
    private static let additions: Set<String> = [
        "a", "add", "added", "addition", "+", "new", "insert", "i", "neu", "ajout", "alta",
    ]
    private static let removals: Set<String> = [
        "d", "del", "delete", "deleted", "deletion", "remove", "removed", "r", "-", "gelöscht", "loeschen",
        "suppression",
        "baja",
    ]

    /// Whether the word takes a number off; nil where it is none of a change.
    static func isRemoval(_ text: String) -> Bool? {
        guard text.utf8.count <= 12 else { return nil }
        let word = text.lowercased()
        return additions.contains(word) ? false : removals.contains(word) ? true : nil
    }
}
