import CampaignStore

/// What a password must be.
enum PasswordRule {
    static let least = 12
    static let most = 200
    /// One character may be made of any number of scalars, and each takes time to hash.
    static let mostScalars = 1000

    /// Why a password will not do, as a sentence; nil where it does.
    static func problem(_ password: String, userName: String) -> String? {
        guard password.count >= least else {
            return "A password has at least \(least) characters; a few words in a row are easy to keep."
        }
        guard password.count <= most, password.unicodeScalars.count <= mostScalars else {
            return "A password has at most \(most) characters; shorten it."
        }
        guard password.lowercased() != userName.lowercased(), Set(password).count > 3 else {
            return "That password is too easy to guess; a few words in a row are easy to keep."
        }
        return nil
    }

    /// What is hashed of a password that somebody typed: one that is longer than any can be is wrong anyway, however it begins.
    static func bounded(_ password: String) -> String { NameText.cut(password, to: mostScalars + 1) }
}
