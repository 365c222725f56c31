//! Words of photos: taking several, captions, marks, pairs; and of the signature pad in a wide, low window.

use sitebook_core::text::Text;

words! {
    PROGRESS: "正在处理第 {0} 张，共 {1} 张，可以继续操作", "Preparing photo {0} of {1}; you can go on working";
    COMING: "正在处理", "Being prepared";
    SAVING: "正在保存", "Saving";
    MORE: "继续拍", "Next photo";
    TITLE: "照片", "Photo";
    CAPTION: "照片说明（会打印在表上）", "Caption (printed on the form)";
    TOOLS: "标注工具", "Marking tools";
    ARROW: "箭头", "Arrow";
    CIRCLE: "圈出", "Circle";
    WORDS: "文字", "Text";
    UNDO: "撤销标注", "Undo mark";
    MARK_ARROW: "在照片上从箭尾拖到要指的地方。", "Drag on the photo, from the tail to what the arrow shall point at.";
    MARK_CIRCLE: "在照片上斜着拖过要圈的地方。", "Drag on the photo across what shall be circled.";
    MARK_WORDS: "先写文字，再点照片上的位置。", "Write the words, then tap their place on the photo.";
    MARK_ASK: "要写在照片上的文字", "Words on the photo";
    MARK_FULL: "一张照片最多 {0} 处标注。", "A photo takes up to {0} marks.";
    ORIGINAL_STAYS: "标注单独保存，原照片及其校验值不变。", "Marks are kept apart; the photo and its checksum stay as they are.";
    PAIR: "前后对比", "Before and after";
    PAIR_ASK: "如果这张是处理后，选出处理前的那张，打印时并排显示：", "If this is the photo after the work, choose the one before it; the form shows them side by side:";
    PAIR_NONE: "不配对", "No pair";
    BEFORE: "处理前", "Before";
    AFTER: "处理后", "After";
}
