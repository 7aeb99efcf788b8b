-- type: Thing {id: uuid,

SELECT 1;
