/// What this build is. The git commit, with `-dirty` when the tree had changes, is written beside this by the build.
public enum BuildInfo {
    /// Version of Mesolith.
    public static let version = "0.1.0"

    /// The compiler that made the build.
    public static let compiler: String = {
        #if compiler(>=6.4)
            "Swift 6.4 or newer"
        #elseif compiler(>=6.3)
            "Swift 6.3"
        #elseif compiler(>=6.2)
            "Swift 6.2"
        #else
            "Swift older than 6.2"
        #endif
    }()

    /// `release` or `debug`.
    public static let configuration: String = {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }()
}
