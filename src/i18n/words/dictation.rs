//! Why dictation stopped: what happened, what is safe, what to do.

use sitebook_core::text::Text;

words! {
    FAILED: "语音输入中断了。已识别的文字都在。请再按一次，或改用键盘。", "Dictation stopped. What was recognised is kept. Press again, or type.";
    FORBIDDEN: "浏览器没有使用麦克风的权限。已有文字不受影响。请在浏览器设置里允许本网站使用麦克风，或改用键盘。", "The browser may not use the microphone. What is written is kept. Allow it for this site in the browser's settings, or type.";
    NO_SOUND: "没有找到可用的麦克风。已有文字不受影响。请检查麦克风是否被别的应用占用，或改用键盘。", "No microphone can be used. What is written is kept. See whether another app holds it, or type.";
    OFFLINE: "浏览器的语音输入需要网络，现在连不上。已识别的文字都在。请用键盘输入，或有网络时再说。", "The browser needs a network for dictation and cannot reach it. What was recognised is kept. Type, or speak when there is a network.";
    SILENCE: "没有听到说话。已有文字不受影响。请靠近麦克风再说一次。", "Nothing was heard. What is written is kept. Speak again, closer to the microphone.";
    LANGUAGE: "浏览器不能识别这种语言。已有文字不受影响。请改用键盘。", "The browser does not understand this language. What is written is kept. Please type.";
}
