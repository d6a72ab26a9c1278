/// The words a DP base uses for its handsets' lines.
///
/// The guide shows `idle` alone (chapter "Handset Line Status"); what a base says of a line in use is not published.
public enum HandsetLineWords: Sendable, Equatable {
    /// The words of the GXP phones: `calling`, `connected`, `onhold`, ...
    case gxp
    /// The same words with a capital: `Calling`, `Connected`, ...; `idle` stays as the guide shows it.
    case capitalised
    /// One word for every line that is not idle.
    case single(String)

    func word(for state: SimulatedLineState) -> String {
        switch self {
        case _ where state == .idle: state.rawValue
        case .gxp: state.rawValue
        case .capitalised: state.rawValue.prefix(1).uppercased() + state.rawValue.dropFirst()
        case .single(let word): word
        }
    }
}
