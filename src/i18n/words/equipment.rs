//! Words of equipment: its history, its labels, scanning codes.

use sitebook_core::text::Text;

words! {
    HISTORY: "这台设备的历次服务", "What happened to it";
    NEVER: "还没有这台设备的服务记录。", "No visit has been recorded for it yet.";
    COUNT: "共 {0} 次服务", "Visits: {0}";
    WAITING: "待处理的工单", "Orders not begun";
    FAULTS: "发现的问题", "Found";
    PARTS: "部件与编号", "Parts and numbers";
    PHOTOS: "照片", "Photos";
    MENTIONED: "其他服务中提到它的序列号", "Its serial number also occurs in";
    MORE: "再看更早的", "Earlier ones";
    FAILED: "历次服务读不出来。记录没有丢失，请重新打开本页。", "Its history cannot be read. No record is lost; open this page again.";
    READING: "正在查找…", "Looking…";
    OPEN_STATE: "进行中", "under way";
    CLOSED_STATE: "已归档", "filed";
    VOID_STATE: "作废", "void";
    LABEL: "打印标签", "Print label";
    LABELS: "打印设备标签", "Print equipment labels";
    LABELS_TITLE: "设备标签", "Equipment labels";
    LABELS_HINT: "A4 不干胶，每页 24 个（70×37 毫米）。打印时选“实际大小”。扫标签就能打开这台设备。", "A4 label sheet, 24 a page (70 × 37 mm). Print at actual size. Scanning a label opens the equipment.";
    LABELS_SKIP: "空出前几格（用过的标签纸）", "Leave out first labels (a sheet already begun)";
    LABELS_NONE: "这里还没有登记设备。", "There is no equipment here yet.";
    SERIAL: "序列号 {0}", "S/N {0}";
    SCAN: "扫码", "Scan";
    SCAN_ASSET: "扫设备码", "Scan equipment";
    SCAN_TITLE: "扫码", "Scan a code";
    SCAN_AIM: "把条码或二维码放进画面。", "Hold the barcode or QR code into the picture.";
    SCAN_AIM_QR: "把二维码放进画面。这个浏览器只认二维码，条码请手工输入编号。", "Hold the QR code into the picture. This browser reads QR codes only; type the number of a barcode.";
    SCAN_OPENING: "正在打开摄像头…", "Opening the camera…";
    SCAN_TORCH: "手电筒", "Torch";
    SCAN_PICTURE: "用照片识别", "Read from a photo";
    SCAN_READING: "正在识别照片…", "Reading the photo…";
    SCAN_NOTHING: "照片里没有认出条码或二维码，什么都没有改动。请拍近一些、对准后再试，或手工输入。", "No barcode or QR code was found in the photo; nothing was changed. Take it closer and straight, or type the number.";
    SCAN_TYPE: "或手工输入编号", "Or type the number";
    SCAN_EMPTY: "还没有输入编号。", "No number was typed yet.";
    SCAN_USE: "确定", "Use it";
    SCAN_FORBIDDEN: "浏览器没有使用摄像头的权限。请在浏览器设置里允许，或用照片识别、手工输入。", "The browser may not use the camera. Allow it in the browser's settings, read from a photo, or type.";
    SCAN_NO_CAMERA: "没有可用的摄像头。可以用照片识别，或手工输入。", "There is no camera to use. Read from a photo, or type.";
    SCAN_NO_READER: "识别程序没有加载成功。请手工输入编号，或有网络时再试。", "The reader could not be loaded. Type the number, or try again when there is a network.";
    SCAN_FITS_NONE: "没有设备对得上“{0}”，什么都没有改动。可以查找含有它的记录，或先登记这台设备。", "No equipment fits “{0}”; nothing was changed. Look for records that contain it, or register the equipment first.";
    SCAN_NOT_HERE: "这是另一台手机登记的设备标签，本机没有这条记录，什么都没有改动。请先从同事那里导入。", "This label is of equipment that is not on this device; nothing was changed. Import it from a colleague first.";
    SCAN_FIND: "查找“{0}”", "Look for “{0}”";
    SCAN_SEVERAL: "有几台设备对得上，请选一台：", "Several pieces fit; choose one:";
}
